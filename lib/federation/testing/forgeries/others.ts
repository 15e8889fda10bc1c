import { sql } from "drizzle-orm";
import type { Json } from "../peer.ts";
import { dressed, type Forgery, genuine, inboxOf, overreach, type Stage, streams, vouchable } from "./forgery.ts";

/** What is done to another's things by somebody who may not, and would be seen by the table that it changes. */
export const others: Forgery[] = [
  overreach(
    "a change of an event of ours",
    sql`update events set name = 'Forged' where uri is null`,
    async ({ event, eve }, n) => ({
      by: n % 2 ? "eve" : "imp",
      type: "Update",
      object: { type: "Event", id: event, name: "Forged", startTime: "2031-01-01T10:00:00Z", attributedTo: eve },
    }),
  ),
  overreach(
    "the end of an event of ours",
    sql`update events set state = 'deleted', deleted_at = now() where uri is null`,
    async ({ event }, n) => ({
      by: n % 2 ? "eve" : "imp",
      type: "Delete",
      object: n % 3 ? event : { type: "Tombstone", id: event },
    }),
  ),
  overreach(
    "a change of a profile of another server",
    sql`update actors set name = 'Forged' where handle = 'gil'`,
    async ({ good, gil }) => ({
      by: "eve",
      type: "Update",
      object: { ...(good.documents.get("/users/gil") as Json), id: gil, name: "Forged" },
    }),
  ),
  overreach(
    "the end of somebody else",
    sql`update actors set deleted_at = now() where handle = 'gil'`,
    async ({ gil }, n) => ({
      by: n % 2 ? "eve" : "imp",
      type: "Delete",
      object: n % 3 ? gil : { type: "Tombstone", id: gil },
    }),
  ),
  overreach(
    "the end of somebody here",
    sql`update actors set deleted_at = now() where handle = 'ann'`,
    async ({ ann }) => ({
      by: "eve",
      type: "Delete",
      object: ann,
    }),
  ),
  overreach(
    "somebody else's Follow undone",
    sql`delete from follows where uri like '%bob-follow%'`,
    async ({ said }, n) => ({
      by: n % 2 ? "eve" : "imp",
      type: "Undo",
      object: n % 3 ? said.follow : said.follow.id,
    }),
  ),
  overreach(
    "somebody else's Join undone",
    sql`update participations set state = 'left' where uri like '%bob-join%'`,
    async ({ said }, n) => ({
      by: n % 2 ? "eve" : "imp",
      type: "Undo",
      object: n % 3 ? said.join : said.join.id,
    }),
  ),
  overreach(
    "somebody else's place given back",
    sql`update events set seats_taken = 0 where uri is null`,
    async ({ event, bob }, n) => ({
      by: n % 2 ? "eve" : "imp",
      type: "Leave",
      object: event,
      more: { attributedTo: bob, target: bob, instrument: bob },
    }),
  ),
  overreach(
    "an answer to a Follow that was asked of somebody else",
    sql`update follows set state = 'rejected' where state = 'pending'`,
    async ({ asked }, n) => {
      const { follow } = await asked();
      return { by: n % 2 ? "eve" : "imp", type: n % 3 ? "Accept" : "Reject", object: n % 5 ? follow : follow.id };
    },
  ),
  overreach(
    "a change of another server's event, announced",
    sql`update events set name = 'Forged' where uri is not null`,
    async ({ good, gil, mirrored }) => {
      const object = { ...(await mirrored()), name: "Forged", updated: "2032-01-01T00:00:00Z" };
      return { by: "eve", type: "Announce", object: good.activity(gil, "Update", object) };
    },
  ),
  overreach(
    "a document that lies elsewhere than it says",
    sql`update events set name = 'Forged' where uri is not null`,
    async ({ evil, mirrored }, n) => {
      const event = await mirrored();
      evil.documents.set(`/lie/${n}`, {
        "@context": streams,
        ...event,
        name: "Forged",
        updated: "2032-01-01T00:00:00Z",
      });
      return { by: "eve", type: n % 2 ? "Announce" : "Create", object: `${evil.origin}/lie/${n}` };
    },
  ),
  overreach(
    "an event in the name of another of the same server",
    sql`update events set name = 'Forged' where uri is not null`,
    async ({ good, gil }, n) => ({
      by: "imp",
      type: "Create",
      object: {
        type: "Event",
        id: `${good.origin}/nowhere/imp-${n}`,
        name: "Forged",
        startTime: "2031-01-01T10:00:00Z",
        attributedTo: gil,
      },
    }),
  ),
  {
    name: "a Join shown again after its Leave",
    weak: sql`update events set seats_taken = seats_taken + 1 where uri is null`,
    attempt: async (stage, n) => {
      const [join, who] = await comeAndGo(stage, n, "Join", stage.event);
      await stage.quietly(() => stage.good.send(inboxOf(stage, n), stage.good.activity(who, "Leave", stage.event)));
      return stage.good.send(inboxOf(stage, n + 1), join);
    },
  },
  {
    name: "a Follow shown again after its Undo",
    weak: ["mark"],
    attempt: async (stage, n) => {
      const [follow, who] = await comeAndGo(stage, n, "Follow", stage.ann);
      await stage.quietly(() => stage.good.send(inboxOf(stage, n), stage.good.activity(who, "Undo", follow)));
      return stage.good.send(inboxOf(stage, n + 1), follow);
    },
  },
  {
    name: "a word of a blocked server",
    weak: ["standing"],
    attempt: async (stage, n) => {
      const activity = dressed(await genuine(stage, n), n);
      return stage.suspended(stage.good.host, () => stage.good.send(inboxOf(stage, n), activity));
    },
  },
  {
    name: "a word of a blocked server, passed on by another",
    weak: ["standing"],
    attempt: async (stage, n) => {
      const { good, evil, eve } = stage;
      const activity = await vouchable(stage, n);
      const by = activity.actor as string;
      const vouched = n % 2 ? good.prove(activity, by) : good.link(activity, by);
      return stage.suspended(good.host, () => evil.send(inboxOf(stage, n), vouched, { signer: eve }));
    },
  },
];

/** Somebody new does something genuine, which is no part of what is watched. */
async function comeAndGo(stage: Stage, n: number, type: string, object: string): Promise<[Json, string]> {
  const who = stage.newcomer();
  const activity = stage.good.activity(who, type, object);
  await stage.quietly(() => stage.good.send(inboxOf(stage, n), activity));
  return [activity, who];
}
