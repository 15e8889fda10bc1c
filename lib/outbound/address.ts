import ipaddr from "ipaddr.js";

/** Whether an address belongs to the public network: by allow-list, also for IPv4 inside IPv6. Anything odd is not. */
export function isPublicAddress(address: string | undefined): boolean {
  if (!address || !ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === "unicast";
}

/** Whether a host and port stand, exactly so, in FEDERATION_PRIVATE_PEERS. */
export const isPrivatePeer = (peers: string[], host: string, port: string | number): boolean =>
  peers.some((peer) => peer.toLowerCase() === `${host.toLowerCase()}:${port}`);

/** The port that a URL leads to, also where it is not written. */
export const portOf = (url: URL): string => url.port || (url.protocol === "https:" ? "443" : "80");
