import { and, eq } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { answerFollow } from "#lib/actor/follow/commands.ts";
import { operator, type Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { lockGroup } from "../commands.ts";

const { follows } = schema;

/** Lets somebody follow the group who asked, or not; also who follows already. @throws Refusal not-found, gone, group-moved. */
export async function decideFollower(
  db: Database,
  viewer: Viewer,
  groupId: string,
  { id, accepted }: { id: string; accepted: boolean },
): Promise<void> {
  await transact(db, async (tx) => {
    await lockGroup(tx, viewer, groupId, "decide", { anew: accepted });
    const [row] = await tx
      .select({ id: follows.id })
      .from(follows)
      .where(and(eq(follows.id, id), eq(follows.followedId, groupId)));
    if (!row) throw new Refusal("not-found");
    await answerFollow(tx, operator, id, accepted);
  });
}
