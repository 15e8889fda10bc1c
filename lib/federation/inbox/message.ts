import { desc, eq } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { findNamedMembers } from "#lib/discussion/mention/queries.ts";
import { type Formerly, reviseMessage, writeMessage } from "#lib/discussion/message/commands.ts";
import { mirrorDiscussion, mirrorMessage } from "#lib/discussion/mirror/commands.ts";
import { openAsTold } from "#lib/discussion/remote/commands.ts";
import { newId } from "#lib/ids.ts";
import { absolute } from "#lib/urls.ts";
import type { ActorRow } from "../actors.ts";
import { actorUri, sameOrigin } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { reads } from "../objects/discussion.ts";
import { passOnToMembers, refuse } from "../outbox/discussion.ts";
import { type Replying, readDiscussion, readMessage } from "../remote/discussion.ts";
import { momentOf } from "../remote/instant.ts";
import { namedIn } from "../remote/named.ts";
import { idOf } from "../remote/values.ts";
import { asMember, authorOf } from "./asked.ts";
import { readFrom } from "./create.ts";
import type { Effect, Past, Received } from "./receive.ts";
import { type About, aboutBy, saidBy, talkBy } from "./talk.ts";

const { discussionMessages } = schema;

/** What is said, and which of the group's members here it names; null when it says nothing. */
export async function readNaming(db: Db, group: ActorRow, object: Json) {
  const read = readMessage(object);
  return read && { ...read, mentions: await findNamedMembers(db, group.id, namedIn(object, read.content)) };
}

type Read = NonNullable<Awaited<ReturnType<typeof readNaming>>>;

/** The words of what is said, to be written here. */
export const wordsOf = ({ uri, content, language, mentions }: Read) =>
  ({ uri, content, language, mentions, mediaType: "text/html" }) as const;

/** When what is read later was said, and behind what. */
const formerly = (object: Json, { until, after }: Past): Formerly => ({ at: momentOf(object, until), after });

/** What somebody says in a discussion of a group of ours, or other words for it, as a member: they are passed on to all members. */
export async function saidAtHome(received: Received, { object, group, talk }: About): Promise<Effect> {
  const { db, sender, raw, type } = received;
  const viewer = asMember(sender);
  const read = await readNaming(db, group, object);
  if (!read) return null;
  const known = await saidBy(db, read.uri);
  // What was said in one discussion is nothing to another, and answers nothing there.
  if (known && known.discussion.id !== talk?.discussion.id) return null;
  if (!talk) return beforeWhatAtHome(received, object, group);
  const line = talk.discussion.id;
  const answered = read.replying.inReplyTo ? await aboutBy(db, read.replying.inReplyTo) : null;
  if (answered && answered.discussion.id !== line) return null;
  if (known) {
    if (type !== "Update") return null;
    const { id } = known.message;
    return async (tx) => {
      const { isNew } = await reviseMessage(tx, viewer, id, read);
      if (isNew) await passOnToMembers(tx, group, raw, { objectId: id, line });
    };
  }
  const quoted = await answeredIn(db, line, read.replying);
  const id = newId();
  return async (tx) => {
    if (await writeMessage(tx, viewer, line, { ...wordsOf(read), id, quoted }))
      await passOnToMembers(tx, group, raw, { objectId: id, line });
  };
}

/** The same in a group of another server, as that server says or passes on. */
export async function saidElsewhere(received: Received, { object, group, talk }: About): Promise<Effect> {
  if (!talk) return beforeWhat(received, object, group);
  const { db, past } = received;
  const author = await authorOf(received, object);
  const read = await readNaming(db, group, object);
  if (!author || !read || talk.discussion.deletedAt || author.id === group.id) return null;
  const { replying, ...message } = read;
  const { id } = talk.discussion;
  const quotedId = await answeredIn(db, id, replying, past);
  const said = { ...message, actorId: author.id, quotedId, formerly: past && formerly(object, past) };
  return (tx) => mirrorMessage(tx, { id, groupId: group.id }, said);
}

/** A discussion that we have not heard of, as it is read from where it is; null: none of this group. */
async function readBegun(received: Received, object: Json, group: ActorRow) {
  const { db } = received;
  const context = String(object.context);
  const asker = group.host === null ? group : null;
  const document = sameOrigin(context, absolute("/")) ? null : await readFrom(db, context, asker);
  const begun = document && readDiscussion(document);
  if (!begun || idOf(document.attributedTo) !== actorUri(group)) return null;
  const opener = await authorOf(received, document);
  return opener && { begun, opener };
}

/**
 * Something that a member says in a discussion of which a group of ours has not heard: it is opened by whoever opened it
 * there, as a member. Where it is not to be read, or may not be opened, they are told.
 */
async function beforeWhatAtHome(received: Received, object: Json, group: ActorRow): Promise<Effect> {
  const { db, sender, raw } = received;
  const viewer = asMember(sender);
  const read = await readNaming(db, group, object);
  if (!read || !(await reads(db, viewer, group))) return null;
  const found = await readBegun(received, object, group);
  const opener = found && asMember(found.opener);
  if (!opener || !(await reads(db, opener, group))) return (tx) => refuse(tx, group, received);
  const message = { ...wordsOf(read), id: newId(), quoted: null };
  return async (tx) => {
    await openAsTold(tx, opener, group.id, { ...found.begun, id: newId() });
    // It may have come by itself meanwhile.
    const line = (await talkBy(tx, found.begun.uri))!.discussion.id;
    if (await writeMessage(tx, viewer, line, message))
      await passOnToMembers(tx, group, raw, { objectId: message.id, line });
  };
}

/** The same in a group of another server. */
async function beforeWhat(received: Received, object: Json, group: ActorRow): Promise<Effect> {
  const { db, past } = received;
  const found = await readBegun(received, object, group);
  const author = found && (await authorOf(received, object));
  const read = await readNaming(db, group, object);
  if (!author || !read) return null;
  const { replying: _, ...words } = read;
  const message = { ...words, actorId: author.id, quotedId: null, formerly: past && formerly(object, past) };
  return async (tx) => {
    const id = await mirrorDiscussion(tx, group.id, { ...found.begun, actorId: found.opener.id });
    if (id) await mirrorMessage(tx, { id, groupId: group.id }, message);
  };
}

/**
 * What a message answers: none, where it only follows what was said last, or before it, as it says itself, or, of a server that
 * does not, as we have it. By `discussion_messages_list`.
 */
async function answeredIn(
  db: Db,
  discussionId: string,
  { inReplyTo, isAnswer }: Replying,
  past?: Past,
): Promise<string | null> {
  const known = inReplyTo && isAnswer !== false ? await saidBy(db, inReplyTo) : null;
  if (known?.discussion.id !== discussionId || known.message.deletedAt) return null;
  if (isAnswer) return known.message.id;
  if (past) return known.message.id === past.after ? null : known.message.id;
  const [last] = await db
    .select({ id: discussionMessages.id })
    .from(discussionMessages)
    .where(eq(discussionMessages.discussionId, discussionId))
    .orderBy(desc(discussionMessages.createdAt), desc(discussionMessages.id))
    .limit(1);
  return last?.id === known.message.id ? null : known.message.id;
}
