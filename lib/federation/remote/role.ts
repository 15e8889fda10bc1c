import type { GroupRole } from "#lib/policy/group.ts";

const roles: Record<string, GroupRole> = {
  member: "member",
  moderator: "moderator",
  administrator: "administrator",
  creator: "administrator",
};

/** What somebody is in a group, in Mobilizon's word for it; null for any other word. */
export const roleOf = (word: string): GroupRole | null => (Object.hasOwn(roles, word) ? roles[word]! : null);
