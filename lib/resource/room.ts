import { getConfig } from "#lib/config.ts";
import { mac } from "#lib/secrets.ts";

/** What the host lets groups make: each kind has an address with `{name}` in it, and is offered only if it has one. */
type RoomType = "pad" | "call";

/** The kinds of which this server can make some. */
export const roomTypes = (): RoomType[] => {
  const { padUrl, callUrl } = getConfig();
  return [...(padUrl ? (["pad"] as const) : []), ...(callUrl ? (["call"] as const) : [])];
};

/**
 * The address of a new pad or call: the host's template with a word of its name, and 128 bits that nobody guesses, in small
 * letters and numerals because some services know no others. The same id has the same. Null: the host offers none.
 */
export function roomUrl(type: RoomType, id: string, name: string): string | null {
  const { padUrl, callUrl } = getConfig();
  const template = type === "pad" ? padUrl : callUrl;
  const secret = mac("room", type, id).toString("hex").slice(0, 32);
  return template?.replace("{name}", [slug(name), secret].filter(Boolean).join("-")) ?? null;
}

/** Where a pad or call would be made; empty: nowhere. */
export function roomHost(type: RoomType): string {
  const { padUrl, callUrl } = getConfig();
  const template = type === "pad" ? padUrl : callUrl;
  return template ? new URL(template).host : "";
}

const slug = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-|-$/g, "");
