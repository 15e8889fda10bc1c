import type { Db, Transaction } from "#db/client.ts";
import { deleteMessage, writeMessage } from "#lib/discussion/message/commands.ts";
import { burySaid, confirmSaid, mirrorDiscussion, mirrorMessage } from "#lib/discussion/mirror/commands.ts";
import { arrangeAsTold, openAsTold } from "#lib/discussion/remote/commands.ts";
import { deleteDiscussion } from "#lib/discussion/thread/commands.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { ownId, sameOrigin } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { forget, passOnToMembers, wasPassedOn } from "../outbox/discussion.ts";
import { knownActor } from "../remote/actor.ts";
import { mayBeDiscussed, readDiscussion } from "../remote/discussion.ts";
import { momentOf } from "../remote/instant.ts";
import { idOf, isObject } from "../remote/values.ts";
import { asAsked, asMember, authorOf, isOf, orRefuse, speaksFor, unlessGone } from "./asked.ts";
import { hasMembers } from "./create.ts";
import { readNaming, saidAtHome, saidElsewhere, wordsOf } from "./message.ts";
import type { Effect, Received } from "./receive.ts";
import { type About, aboutBy, saidBy, talkBy } from "./talk.ts";

type Begun = NonNullable<ReturnType<typeof readDiscussion>>;

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
  const talk = await talkBy(db, String(object.context));
  const group = talk?.group ?? (await knownActor(db, idOf(object.attributedTo) ?? ""));
  if (group?.type !== "Group" || group.deletedAt || group.suspendedAt) return undefined;
  if (!isOf(object, group, received.actor)) return null;
  return group.host === null ? atHome(received, { object, group, talk }) : elsewhere(received, { object, group, talk });
}

/** In a group of ours: the sender's own words, as a member, by the same rules as everybody's. */
async function atHome(received: Received, about: About): Promise<Effect> {
  const { object, group } = about;
  // What others pass on to us was not said to the group.
  if (received.via || idOf(object.actor) !== received.sender.uri) return null;
  const begun = readDiscussion(object);
  const effect = begun ? await begunAtHome(received, about, begun) : await saidAtHome(received, about);
  return effect && ((tx) => orRefuse(tx, group, received, effect));
}

/** In a group of another server, whose member is here: what that server says, or passes on. */
async function elsewhere(received: Received, about: About): Promise<Effect> {
  if (!speaksFor(received, about.group) || !(await hasMembers(received.db, about.group))) return null;
  const begun = readDiscussion(about.object);
  return begun ? begunElsewhere(received, about, begun) : saidElsewhere(received, about);
}

/** What Mobilizon says with the title of a discussion: its first message, which has no id of its own. */
async function openingIn(db: Db, { object, group }: About) {
  const read = await readNaming(db, group, object);
  return read && { ...read, uri: `${read.uri}#message` };
}

async function begunAtHome(received: Received, about: About, begun: Begun): Promise<Effect> {
  const { db, sender, raw, type } = received;
  const { object, group, talk } = about;
  const viewer = asMember(sender);
  const first = await openingIn(db, about);
  const id = talk?.discussion.id ?? newId();
  return async (tx) => {
    if (!talk) {
      await openAsTold(tx, viewer, group.id, { ...begun, id });
      if (first && type !== "Update")
        await writeMessage(tx, viewer, id, { ...wordsOf(first), id: newId(), quoted: null });
    } else if (type === "Update") await arrangeAsTold(tx, viewer, id, arrangementOf(object, begun));
    // It was opened by what was said first in it, which came before.
    else if (talk.discussion.actorId !== sender.id || (await wasPassedOn(tx, group, id))) return;
    await passOnToMembers(tx, group, raw, { objectId: id, line: id });
  };
}

async function begunElsewhere(received: Received, about: About, begun: Begun): Promise<Effect> {
  const { db, past, type } = received;
  const { object, group, talk } = about;
  const author = await authorOf(received, object);
  if (!author) return null;
  const first = await openingIn(db, about);
  return async (tx) => {
    const opened = past && momentOf(object, past.until);
    const told = { ...asUpdated(received, begun), actorId: author.id, opened };
    const id = await mirrorDiscussion(tx, group.id, told);
    // Mobilizon says there later what was said last.
    if (!id || talk || !first || past || type === "Update") return;
    const { replying: _, ...words } = first;
    const message = { ...words, actorId: author.id, quotedId: null, updated: null };
    await mirrorMessage(tx, { id, groupId: group.id }, message);
  };
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

/** Whether we keep a discussion or a message of this id. By `discussions_uri`, `discussion_messages_uri`. */
export async function isDiscussed(db: Db, uri: string): Promise<boolean> {
  return (await aboutBy(db, uri)) !== null;
}
