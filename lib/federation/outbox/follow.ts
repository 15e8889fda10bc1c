import { eq } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { actorUri } from "../addresses.ts";
import { say } from "./say.ts";

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
