import ipaddr from "ipaddr.js";
import { mac } from "#lib/secrets.ts";

/** A network that an allowance is counted for, and how many times the allowance it has. */
export type Network = { name: string; share: number };

/**
 * What an IP address is counted as: an IPv4 address, or an IPv6 /64 and, tenfold, its /48 (a household may have a whole
 * /64, a provider hands out /48s). IPv4 inside IPv6 is IPv4.
 */
export function networksOf(client: string): Network[] {
  if (!ipaddr.isValid(client)) return [{ name: client.slice(0, 100), share: 1 }];
  const address = ipaddr.process(client);
  if (address.kind() === "ipv4") return [{ name: address.toString(), share: 1 }];
  const part = (bytes: number) => Buffer.from(address.toByteArray().slice(0, bytes)).toString("hex");
  return [
    { name: `${part(8)}/64`, share: 1 },
    { name: `${part(6)}/48`, share: 10 },
  ];
}

/** What the database may keep of the network of an IP address: under another `salt` it is another one, and nothing leads back. */
export const networkKey = (client: string, salt: string): Buffer =>
  mac("limit", "network", salt, networksOf(client)[0]!.name);
