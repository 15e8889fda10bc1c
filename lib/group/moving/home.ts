import type { schema } from "#db/client.ts";
import type { RefusalCode } from "#lib/refusal.ts";
import { absolute, actorPath } from "#lib/urls.ts";

type Group = typeof schema.actors.$inferSelect;

/** The id of a group in the network. */
export const uriOf = ({ uri, handle }: Pick<Group, "uri" | "handle">): string => uri ?? absolute(actorPath(handle));

/** What a group is called by whoever is on another server: `@name@host`. */
export const addressOf = ({ handle, host }: Pick<Group, "handle" | "host">): string =>
  `@${handle}${host ? `@${host}` : ""}`;

/** What stands in the way of dealing with a group of another server that somebody named; null: nothing. */
export function strangeness({ type, host, deletedAt, suspendedAt }: Group): RefusalCode | null {
  if (host === null) return "group-here";
  if (type !== "Group") return "not-a-group";
  return deletedAt || suspendedAt ? "address-unknown-there" : null;
}

/** What stands in the way of one's moving to the other, as their documents were read last; null: nothing. */
export function obstacle(from: Group, to: Group): RefusalCode | null {
  return strangeness(to) ?? (to.movedTo ? "group-moved-on" : areOne(to, from) ? null : "group-unnamed");
}

/** Whether a group says that it is what another has become. */
const areOne = (to: Group, from: Group): boolean => to.alsoKnownAs.includes(uriOf(from));

/** Whether each of the two names the other: one says that it has moved to the other, which says that it has become it. */
export const nameEachOther = (from: Group, to: Group): boolean => from.movedTo === uriOf(to) && areOne(to, from);
