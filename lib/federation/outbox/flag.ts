import { eq } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { instanceActor } from "../actors.ts";
import { actorUri } from "../addresses.ts";
import { say } from "./say.ts";

const { actors, comments, discussionMessages: messages, events, flags, posts } = schema;

/**
 * Tells the server of somebody who was reported here what was said, once: in the name of this server, never of whoever
 * reported (section 7). Mobilizon expects the actor first, then what they made. Of a message
 * among members it names the address, and not the words.
 */
export async function tellFlag(db: Database, flagId: string): Promise<void> {
  // By primary keys.
  const [found] = await db
    .select({
      ...{ flag: flags, person: actors, event: events.uri, comment: comments.uri, post: posts.uri },
      message: messages.uri,
    })
    .from(flags)
    .innerJoin(actors, eq(actors.id, flags.actorId))
    .leftJoin(events, eq(events.id, flags.eventId))
    .leftJoin(comments, eq(comments.id, flags.commentId))
    .leftJoin(posts, eq(posts.id, flags.postId))
    .leftJoin(messages, eq(messages.id, flags.messageId))
    .where(eq(flags.id, flagId));
  const inbox = found?.person.sharedInbox ?? found?.person.inbox;
  if (!found?.person.host || !inbox) return;
  const { flag, person, event, comment, post, message } = found;
  const to = actorUri(person);
  const object = [to, ...[comment, event, post, message].filter((uri) => uri !== null)];
  await say(db, {
    actor: await instanceActor(db),
    type: "Flag",
    objectId: flag.id,
    fact: `flag ${flag.id}`,
    body: { object, content: flag.content, to: [to] },
    inboxes: [inbox],
  });
}
