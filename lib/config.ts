export type Mode = "production" | "development" | "demo" | "test";

export type Config = {
  mode: Mode;
  /** The public origin, without a trailing slash. */
  appUrl: string;
  /** Null: the embedded PostgreSQL under `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
  /** Where pictures are kept; null: in `media` under `dataDir`. */
  storageDir: string | null;
  secretKey: string;
  mail: MailConfig;
  mailFrom: string;
  port: number;
  host: string;
  process: "all" | "web" | "worker";
  trustedProxies: string[];
  privatePeers: string[];
  /** Set by `npm run bench` alone: there is an empty page to compare with. */
  benchmark: boolean;
  /** The OpenID Connect provider whose people may sign in; null: none. */
  openid: OpenIdConfig | null;
  /** The address service that organisers may ask; null: none, and places are written by hand. */
  geocoder: GeocoderConfig | null;
  /** Where groups make pads and calls, with `{name}` for what each is called there; null: nowhere. */
  padUrl: string | null;
  callUrl: string | null;
};

export const geocoderKinds = ["nominatim", "photon", "addok"] as const;
/** `url` is the service's base address, to which the adapter adds its path. */
export type GeocoderConfig = { kind: (typeof geocoderKinds)[number]; url: string };

export type OpenIdConfig = { issuer: string; clientId: string; clientSecret: string; name: string };

export type MailConfig =
  | { transport: "smtp"; url: string }
  /** `webhookSecret` proves what Resend tells of our mail; null: it is not asked. */
  | { transport: "resend"; apiKey: string; baseUrl: string | null; webhookSecret: string | null }
  | { transport: "file"; directory: string }
  | { transport: "outbox"; directory: string };

const slot = Symbol.for("parvis.config");
const held = globalThis as { [slot]?: Config };

/** The configuration of this process. Set once by what starts it; Next's bundles and plain Node see the same. */
export function getConfig(): Config {
  const config = held[slot];
  if (!config)
    throw new Error(
      "The configuration is read by the launcher; start Parvis with npm start, npm run demo or npm run dev.",
    );
  return config;
}

/** Makes a configuration that of this process, and hands it back: once by what starts it, and by tests. */
export function setConfig(config: Config): Config {
  held[slot] = config;
  return config;
}
