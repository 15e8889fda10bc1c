import { and, eq, ne } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { answerFollow, follow, unfollow } from "#lib/actor/follow/commands.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { recordAct } from "#lib/moderation/log/commands.ts";
import { readHost } from "#lib/policy/domain.ts";
import { canModerate } from "#lib/policy/moderation.ts";
import { operator, type Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { ownHost } from "#lib/urls.ts";
import { instanceActor } from "../actors.ts";
import { instanceActorOf } from "../remote/lookup.ts";

const { actors, follows } = schema;

const judge = (viewer: Viewer): void => {
  if (!canModerate(viewer)) throw new Refusal("forbidden");
};

/**
 * Asks a whole server to send here what it announces, by this server's own actor. Returns its name.
 * @throws Refusal forbidden, host-invalid, host-own, and as `instanceActorOf`.
 */
export async function followServer(db: Database, viewer: Viewer, typed: string): Promise<string> {
  judge(viewer);
  const host = readHost(typed);
  if (!host) throw new Refusal("host-invalid", { field: "host" });
  if (host === ownHost()) throw new Refusal("host-own", { field: "host" });
  const own = await instanceActor(db);
  const other = await instanceActorOf(db, host).catch((error: unknown) => {
    throw error instanceof Refusal ? new Refusal(error.code, { field: "host" }) : error;
  });
  await transact(db, async (tx) => {
    await follow(tx, operator, own.id, other.id);
    await recordAct(tx, viewer, { action: "follow", subject: host });
  });
  return host;
}

/** Ends it, also where that server is gone: whichever of its actors it was. @throws Refusal forbidden, not-found. */
export async function unfollowServer(db: Database, viewer: Viewer, host: string): Promise<void> {
  judge(viewer);
  const own = await instanceActor(db);
  // By `actors_host` and `follows_pair`.
  const rows = await db
    .select({ id: actors.id })
    .from(actors)
    .innerJoin(follows, and(eq(follows.followedId, actors.id), eq(follows.followerId, own.id)))
    .where(and(eq(actors.host, host), ne(follows.state, "ended")));
  if (rows.length === 0) throw new Refusal("not-found");
  await transact(db, async (tx) => {
    for (const { id } of rows) await unfollow(tx, operator, own.id, id);
    await recordAct(tx, viewer, { action: "unfollow", subject: host });
  });
}

/** Lets a server that asked for it have what is announced here, or declines; also one that has it already. @throws Refusal forbidden, not-found. */
export async function answerServer(db: Database, viewer: Viewer, host: string, accepted: boolean): Promise<void> {
  judge(viewer);
  const own = await instanceActor(db);
  const [row] = await db
    .select({ id: follows.id })
    .from(follows)
    .innerJoin(actors, eq(actors.id, follows.followerId))
    .where(and(eq(follows.followedId, own.id), eq(actors.host, host), ne(follows.state, "ended")));
  if (!row) throw new Refusal("not-found");
  await transact(db, async (tx) => {
    await answerFollow(tx, operator, row.id, accepted);
    await recordAct(tx, viewer, { action: accepted ? "accept" : "decline", subject: host });
  });
}

/** Whether servers that ask to follow this one wait for an answer, or have it at once. @throws Refusal forbidden. */
export async function queueServers(db: Database, viewer: Viewer, queued: boolean): Promise<void> {
  judge(viewer);
  const own = await instanceActor(db);
  await transact(db, async (tx) => {
    await tx.update(actors).set({ approvesFollowers: queued }).where(eq(actors.id, own.id));
    await recordAct(tx, viewer, { action: "requests", subject: queued ? "queued" : "automatic" });
  });
}

/** Reads again who a server is and what it announced lately. @throws Refusal forbidden, host-invalid, and as `instanceActorOf`. */
export async function refetchServer(db: Database, viewer: Viewer, typed: string): Promise<string> {
  judge(viewer);
  const host = readHost(typed);
  if (!host) throw new Refusal("host-invalid", { field: "host" });
  const { id } = await instanceActorOf(db, host);
  await transact(db, (tx) => enqueue(tx, "read-outbox", { actorId: id }));
  return host;
}
