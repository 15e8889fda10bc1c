import { and, desc, eq, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, schema, type Transaction } from "#db/client.ts";
import { findNamedMembers } from "#lib/discussion/mention/queries.ts";
import {
  deleteMessage,
  type Formerly,
  openDiscussion,
  reviseMessage,
  writeMessage,
} from "#lib/discussion/message/commands.ts";
import { burySaid, confirmSaid, mirrorDiscussion, mirrorMessage } from "#lib/discussion/mirror/commands.ts";
import { arrangeAsTold } from "#lib/discussion/remote/commands.ts";
import { deleteDiscussion } from "#lib/discussion/thread/commands.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import type { RemoteViewer } from "#lib/policy/viewer.ts";
import { absolute } from "#lib/urls.ts";
import type { ActorRow } from "../actors.ts";
import { actorUri, ownId, sameOrigin } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { reads } from "../objects/discussion.ts";
import { forget, passOnToMembers, refuse, wasPassedOn } from "../outbox/discussion.ts";
import { knownActor, resolveActor } from "../remote/actor.ts";
import { mayBeDiscussed, type Replying, readDiscussion, readMessage } from "../remote/discussion.ts";
import { momentOf } from "../remote/instant.ts";
import { namedIn } from "../remote/named.ts";
import { idOf, isObject } from "../remote/values.ts";
import { asAsked, isOf, orRefuse, speaksFor, unlessGone } from "./asked.ts";
import { hasMembers, readFrom } from "./create.ts";
import type { Effect, Past, Received } from "./receive.ts";

const { actors, discussionMessages, discussions } = schema;
const groups = alias(actors, "groups");

type Talk = { discussion: typeof discussions.$inferSelect; group: ActorRow };

/** Ours by its address here, another server's by its id. By primary key, `discussions_uri`. */
async function talkBy(db: Db, uri: string): Promise<Talk | null> {
  const own = ownId(uri, "discussions");
  const here = own ? and(eq(discussions.id, own), isNull(discussions.uri)) : eq(discussions.uri, uri);
  const [found] = await db
    .select({ discussion: discussions, group: groups })
    .from(discussions)
    .innerJoin(groups, eq(groups.id, discussions.groupId))
    .where(here);
  return found ?? null;
}

/** The same of what was said. By primary key, `discussion_messages_uri`. */
async function saidBy(db: Db, uri: string) {
  const own = ownId(uri, "comments");
  const here = own
    ? and(eq(discussionMessages.id, own), isNull(discussionMessages.uri))
    : eq(discussionMessages.uri, uri);
  const [found] = await db
    .select({ message: discussionMessages, discussion: discussions, group: groups })
    .from(discussionMessages)
    .innerJoin(discussions, eq(discussions.id, discussionMessages.discussionId))
    .innerJoin(groups, eq(groups.id, discussions.groupId))
    .where(here);
  return found ?? null;
}

/** What we know by an id as said in a discussion, or as one. */
const aboutBy = async (db: Db, uri: string) => (await saidBy(db, uri)) ?? (await talkBy(db, uri));

export const asMember = (sender: ActorRow): RemoteViewer => ({ kind: "remote", actorId: sender.id });

/**
 * A member of a group opens a discussion, or says something in one, or has other words for it: by the rules of the group
 * where it is ours, and then passed on to all members; as the group's server says where it is not. Undefined: it is about
 * nothing of that kind.
 */
export async function onDiscussed(received: Received): Promise<Effect | undefined> {
  const { actor, raw } = received;
  const object = raw.object;
  if (!isObject(object) || !mayBeDiscussed(object)) return undefined;
  const id = idOf(object.id);
  const owners = [idOf(object.actor), idOf(object.attributedTo)];
  if (id && sameOrigin(id, actor) && owners.includes(actor)) return onDiscussedRead(received, object);
  return received.type === "Update" ? onArranged(received, object) : undefined;
}

/**
 * Whoever leads a group gives what others opened another title, or locks it: from another server than its own by asking the
 * group, which does it by its rules, and tells all members itself. Undefined: it is about no discussion that we know.
 */
async function onArranged(received: Received, object: Json): Promise<Effect | undefined> {
  const { db, sender, via } = received;
  const begun = readDiscussion(object);
  const talk = begun && (await talkBy(db, begun.uri));
  if (!talk) return undefined;
  const { group, discussion } = talk;
  if (!isOf(object, group, received.actor)) return null;
  const { id, actorId } = discussion;
  if (group.host !== null)
    return speaksFor(received, group)
      ? (tx) => mirrorDiscussion(tx, group.id, { ...asUpdated(received, begun), actorId }, id)
      : null;
  if (via) return null;
  return asAsked(received, group, async (tx) => {
    await arrangeAsTold(tx, asMember(sender), id, arrangementOf(object, begun));
    await enqueue(tx, "discussion-out", { discussionId: id });
  });
}

type Begun = NonNullable<ReturnType<typeof readDiscussion>>;

/** Another title, and whether one may still write, where that is said: Mobilizon knows no lock. */
const arrangementOf = ({ commentsEnabled }: Json, { name, locked, updated }: Begun) =>
  typeof commentsEnabled === "boolean" ? { name, locked, updated } : { name, updated };

/** An Update that does not say of when it is, is of now: so it is at the group's server too. */
const asUpdated = ({ type, past }: Received, begun: Begun): Begun =>
  type === "Update" && !past ? { ...begun, updated: begun.updated ?? new Date() } : begun;

/** The same of a document that is believed: its author's own, or read from where it is. */
export async function onDiscussedRead(received: Received, object: Json): Promise<Effect | undefined> {
  const { db } = received;
  if (!mayBeDiscussed(object)) return undefined;
  const begun = readDiscussion(object);
  const talk = await talkBy(db, String(object.context));
  const group = talk?.group ?? (await knownActor(db, idOf(object.attributedTo) ?? ""));
  if (group?.type !== "Group" || group.deletedAt || group.suspendedAt) return undefined;
  if (!isOf(object, group, received.actor)) return null;
  if (!begun && !talk && group.host !== null) return beforeWhat(received, object, group);
  return group.host === null ? atHome(received, { object, group, talk }) : elsewhere(received, { object, group, talk });
}

/** What is said, and which of the group's members here it names; null when it says nothing. */
async function readNaming(db: Db, group: ActorRow, object: Json) {
  const read = readMessage(object);
  return read && { ...read, mentions: await findNamedMembers(db, group.id, namedIn(object, read.content)) };
}

type Read = NonNullable<Awaited<ReturnType<typeof readNaming>>>;

/** The words of what is said, to be written here. */
const wordsOf = ({ uri, content, language, mentions }: Read) =>
  ({ uri, content, language, mentions, mediaType: "text/html" }) as const;

/** What Mobilizon says with the title of a discussion: its first message, which has no id of its own. */
const openingOf = (read: Read): Read => ({ ...read, uri: `${read.uri}#message` });

const openAsTold = (tx: Transaction, viewer: RemoteViewer, group: ActorRow, begun: Begun & { id: string }) => {
  const { id, uri, name, updated, published } = begun;
  const opened = { id, uri, name, updated: updated ?? published };
  return openDiscussion(tx, viewer, group.id, { ...opened, content: "", language: "und" });
};

type About = { object: Json; group: ActorRow; talk: Talk | null };

/** In a group of ours: the sender's own words, as a member, by the same rules as everybody's. */
async function atHome(received: Received, about: About): Promise<Effect> {
  const effect = await takenAtHome(received, about);
  return effect && ((tx) => orRefuse(tx, about.group, received, effect));
}

async function takenAtHome(received: Received, { object, group, talk }: About): Promise<Effect> {
  const { db, sender, raw, type, via } = received;
  const viewer = asMember(sender);
  // What others pass on to us was not said to the group.
  if (via) return null;
  if (idOf(object.actor) !== sender.uri) return null;
  const begun = readDiscussion(object);
  const read = await readNaming(db, group, object);
  if (begun) {
    const id = talk?.discussion.id ?? newId();
    return async (tx) => {
      if (!talk) {
        await openAsTold(tx, viewer, group, { ...begun, id });
        if (read && type !== "Update")
          await writeMessage(tx, viewer, id, { ...wordsOf(openingOf(read)), id: newId(), quoted: null });
      } else if (type === "Update") await arrangeAsTold(tx, viewer, id, arrangementOf(object, begun));
      // It was opened by what was said first in it, which came before.
      else if (talk.discussion.actorId !== sender.id || (await wasPassedOn(tx, group, id))) return;
      await passOnToMembers(tx, group, raw, { objectId: id, line: id });
    };
  }
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

/** In a group of another server, whose member is here: what that server says, or passes on. */
async function elsewhere(received: Received, { object, group, talk }: About): Promise<Effect> {
  const { db, past } = received;
  if (!speaksFor(received, group) || !(await hasMembers(db, group))) return null;
  const author = await authorOf(received, object);
  if (!author) return null;
  const before = past && formerly(object, past);
  const begun = readDiscussion(object);
  const read = await readNaming(db, group, object);
  if (begun)
    return async (tx) => {
      const told = asUpdated(received, begun);
      const id = await mirrorDiscussion(tx, group.id, { ...told, actorId: author.id, opened: before?.at });
      // Mobilizon says there later what was said last.
      if (!id || talk || !read || past || received.type === "Update") return;
      const { replying: _, ...first } = openingOf(read);
      await mirrorMessage(
        tx,
        { id, groupId: group.id },
        { ...first, actorId: author.id, quotedId: null, updated: null },
      );
    };
  if (!read || !talk || talk.discussion.deletedAt || author.id === group.id) return null;
  const { replying, ...message } = read;
  const { id } = talk.discussion;
  const quotedId = await answeredIn(db, id, replying, past);
  const said = { ...message, actorId: author.id, quotedId, formerly: before };
  return (tx) => mirrorMessage(tx, { id, groupId: group.id }, said);
}

/** When what is read later was said, and behind what. */
const formerly = (object: Json, { until, after }: Past): Formerly => ({ at: momentOf(object, until), after });

/** Whose words they are: of whoever's server they come from. */
export async function authorOf({ db, sender, actor }: Received, object: Json): Promise<ActorRow | null> {
  const uri = idOf(object.actor) ?? actor;
  if (!sameOrigin(uri, idOf(object.id)!)) return null;
  const author = uri === sender.uri ? sender : await resolveActor(db, uri);
  return author && author.host !== null && !author.deletedAt && !author.suspendedAt ? author : null;
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
    await openAsTold(tx, opener, group, { ...found.begun, id: newId() });
    // It may have come by itself meanwhile.
    const line = (await talkBy(tx, found.begun.uri))!.discussion.id;
    if (await writeMessage(tx, viewer, line, message))
      await passOnToMembers(tx, group, raw, { objectId: message.id, line });
  };
}

/** The same in a group of another server. */
async function beforeWhat(received: Received, object: Json, group: ActorRow): Promise<Effect> {
  const { db, past } = received;
  if (!speaksFor(received, group) || !(await hasMembers(db, group))) return null;
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

/** A discussion or a message is gone: by the rules of a group of ours, or as another group's server says. Undefined: it is neither. */
export async function onDiscussedEnd(received: Received, uri: string): Promise<Effect | undefined> {
  const { db, sender, raw, via } = received;
  const said = await saidBy(db, uri);
  const talk = said ?? (await talkBy(db, uri));
  if (!talk) return undefined;
  const { group, discussion } = talk;
  const own = said !== null && said.message.actorId === sender.id;
  const objectId = said?.message.id ?? discussion.id;
  if (group.host !== null) {
    if (!own && !speaksFor(received, group)) return null;
    return (tx) => burySaid(tx, group.id, objectId);
  }
  if (via) return null;
  const viewer = asMember(sender);
  const effect = async (tx: Transaction) => {
    if (said) await deleteMessage(tx, viewer, objectId);
    else await deleteDiscussion(tx, viewer, objectId);
    await forget(tx, objectId);
    await passOnToMembers(tx, group, raw, { objectId, line: discussion.id });
  };
  return own ? effect : asAsked(received, group, (tx) => effect(tx).catch(unlessGone));
}

/**
 * A group of another server passes on what somebody here said in it: it stands there; or, `ended`, that it is gone. Null: it
 * is nothing of that kind.
 */
export async function onOwnPassedOn({ db, sender }: Received, uri: string, { ended = false } = {}): Promise<Effect> {
  const id = ownId(uri, "comments") ?? ownId(uri, "discussions");
  const talk = id && (await aboutBy(db, uri));
  if (!talk || talk.group.id !== sender.id) return null;
  return (tx) => (ended ? burySaid : confirmSaid)(tx, sender.id, id);
}

/** The row of a discussion, or of something said in one, by its id. By primary keys, `discussions_uri`, `discussion_messages_uri`. */
export const discussionRow = async (db: Db, uri: string): Promise<string | null> =>
  (await talkBy(db, uri))?.discussion.id ?? null;
export const messageRow = async (db: Db, uri: string): Promise<string | null> =>
  (await saidBy(db, uri))?.message.id ?? null;

/** Whether we keep a discussion or a message of this id. By `discussions_uri`, `discussion_messages_uri`. */
export async function isDiscussed(db: Db, uri: string): Promise<boolean> {
  return (await aboutBy(db, uri)) !== null;
}
