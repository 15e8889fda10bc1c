import { asc, eq } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { openDiscussion } from "#lib/discussion/message/commands.ts";
import { newId } from "#lib/ids.ts";
import { tellDiscussion, tellMessage } from "../outbox/discussion.ts";
import type { Json, Peer } from "./peer.ts";
import type { Stage } from "./stage.ts";

const { discussionMessages, discussions } = schema;

let count = 0;

/** What somebody elsewhere opens in a group (with a `name`), or says in it, as Mobilizon has it. */
export function note(author: string, group: string, change: Json): Json {
  const id = `${new URL(author).origin}/talk/${++count}`;
  const begun = "name" in change ? { context: id } : {};
  return {
    ...{ id, type: "Note", actor: author, attributedTo: group, to: [`${group}/members`], cc: [], ...begun },
    ...{ content: "", published: "2026-11-01T08:00:00Z", ...change },
  };
}

/** Discussions on a stage, as its database has them. */
export function talksAt({ db, ann, deliver }: Stage) {
  const messagesOf = (discussionId: string) =>
    db
      .select()
      .from(discussionMessages)
      .where(eq(discussionMessages.discussionId, discussionId))
      .orderBy(asc(discussionMessages.createdAt), asc(discussionMessages.id));
  /** What was said in one, in its order. */
  const said = async (discussionId: string) =>
    (await messagesOf(discussionId)).map((one) =>
      one.deletedAt ? "deleted" : one.awaiting ? `${one.content} (sent)` : one.content,
    );
  const talkOf = async (uri: unknown) =>
    (
      await db
        .select()
        .from(discussions)
        .where(eq(discussions.uri, String(uri)))
    )[0] ?? null;
  /** Ann opens one in a group. */
  const open = async (groupId: string, content = "Shall we meet?", name = "Winter") => {
    const id = newId();
    await openDiscussion(db, ann.viewer, groupId, { id, name, content, language: "en" });
    return id;
  };
  /** Tells what became of one and of all that was said in it, and brings it. */
  const tell = async (discussionId: string) => {
    await tellDiscussion(db, discussionId);
    for (const { id } of await messagesOf(discussionId)) await tellMessage(db, id);
    await deliver();
  };
  /** What a server got since then: by its author, and passed on by the group. */
  const heard = (peer: Peer) =>
    peer.inbox.splice(0).map(({ activity }) => {
      const inner = activity.object as Json | string;
      if (activity.type !== "Announce") return [activity.type, (inner as Json).name ?? (inner as Json).content];
      return ["Announce", typeof inner === "string" ? "id" : inner.type];
    });
  return { messagesOf, said, talkOf, open, tell, heard };
}
