import { eq } from "drizzle-orm";
import { type Database, type Db, schema } from "#db/client.ts";
import { contentId } from "#lib/ids.ts";
import type { ActorRow } from "../actors.ts";
import { actorUri } from "../addresses.ts";
import { repeat, say } from "./say.ts";

const { actors, follows } = schema;

/** Asks another server to let somebody of this one follow, or tells it that they do no more. */
export async function tellFollow(db: Database, followId: string): Promise<void> {
  const [row] = await db.select().from(follows).where(eq(follows.id, followId));
  if (!row) return;
  const find = async (id: string) => (await db.select().from(actors).where(eq(actors.id, id)))[0]!;
  const [actor, followed] = await Promise.all([find(row.followerId), find(row.followedId)]);
  if (actor.host !== null || followed.host === null || !followed.inbox) return;
  const uri = actorUri(followed);
  const inboxes = [followed.inbox];
  if (row.state === "pending") {
    const body = { object: uri, to: [uri] };
    await say(db, { id: row.id, actor, type: "Follow", objectId: row.id, fact: `follow ${row.id}`, body, inboxes });
  }
  if (row.state === "ended") {
    const object = { type: "Follow", id: row.uri, actor: actorUri(actor), object: uri };
    await say(db, {
      actor,
      type: "Undo",
      objectId: row.id,
      fact: `unfollow ${row.id}`,
      body: { object, to: [uri] },
      inboxes,
    });
    await db.delete(follows).where(eq(follows.id, row.id));
  }
}

/** Answers whoever asked to follow somebody of this server, as it was decided last. */
export async function tellFollowAnswer(db: Database, followId: string): Promise<void> {
  const [row] = await db.select().from(follows).where(eq(follows.id, followId));
  const type = row && { accepted: "Accept", rejected: "Reject" }[row.state];
  if (!row || !type) return;
  const find = async (id: string) => (await db.select().from(actors).where(eq(actors.id, id)))[0]!;
  const [actor, follower] = await Promise.all([find(row.followedId), find(row.followerId)]);
  if (actor.host !== null || follower.host === null || !follower.inbox) return;
  await answerFollower(db, { actor, follower, uri: row.uri, type, inbox: follower.inbox });
}

type Answer = { actor: ActorRow; follower: ActorRow; uri: string; type: string; inbox: string };

/** One Accept or Reject of one Follow, repeated for who asks again. */
export async function answerFollower(db: Db, { actor, follower, uri, type, inbox }: Answer): Promise<void> {
  const object = { type: "Follow", id: uri, actor: actorUri(follower), object: actorUri(actor) };
  const fact = `follow ${follower.id} ${type} ${contentId(uri)}`;
  const body = { object, to: [actorUri(follower)] };
  const said = await say(db, { actor, type, objectId: follower.id, fact, body, inboxes: [inbox] });
  if (!said) await repeat(db, fact);
}
