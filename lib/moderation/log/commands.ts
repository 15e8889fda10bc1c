import { schema, type Transaction } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import type { Viewer } from "#lib/policy/viewer.ts";

/** What a moderator can have done: one word an act, and its sentence in `moderation.ts` of every language. */
export const actions = [
  "open",
  "limited",
  "silenced",
  "suspended",
  "follow",
  "unfollow",
  "accept",
  "decline",
  "requests",
  "dismiss",
  "resolve",
  "hide",
  "show",
  "erase",
  "suspend",
  "restore",
  "forward",
  "rotate",
] as const;

export type Action = (typeof actions)[number];

export type Act = { action: Action; subject: string; note?: string; flagId?: string };

/** Writes down who did what, in the transaction that does it. */
export async function recordAct(
  tx: Transaction,
  viewer: Viewer,
  { action, subject, note = "", flagId }: Act,
): Promise<void> {
  const accountId = viewer.kind === "account" ? viewer.accountId : null;
  await tx
    .insert(schema.moderationActs)
    .values({ id: newId(), accountId, flagId, action, subject: subject.slice(0, 300), note: note.slice(0, 1000) });
}
