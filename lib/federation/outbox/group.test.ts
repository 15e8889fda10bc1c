import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { decideComment, deleteComment, writeComment } from "#lib/discussion/comment/commands.ts";
import { createEvent, deleteEvent, updateEvent } from "#lib/event/commands.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { operator } from "#lib/policy/viewer.ts";
import { deletePost, writePost } from "#lib/post/commands.ts";
import { resolveActor } from "../remote/actor.ts";
import { isProven, isSigned, type Json, Peer } from "../testing/peer.ts";
import { type Served, serveFederation } from "../testing/server.ts";
import { tellComment } from "./comment.ts";
import { deliverTo } from "./delivery.ts";
import { tellEvent } from "./event.ts";
import { tellPost } from "./post.ts";

const { posts } = schema;

/** A group with a follower and a member of other servers; Ann, who is here; and Bob of a third server, who comments. */
let served: Served;
let follower: Peer;
let member: Peer;
let third: Peer;
let bob: string;
let group: { id: string; uri: string };
let ann: Awaited<ReturnType<typeof person>>;
const db = () => served.base.db;
const inbox = () => `${served.origin}/inbox`;

beforeAll(async () => {
  [follower, member, third] = [await new Peer().start(), await new Peer().start(), await new Peer().start()];
  served = await serveFederation(() => [follower, member, third].map(({ host }) => host));
  ann = await person(db(), "ann");
  const id = await makeGroup(db(), { handle: "atelier" });
  group = { id, uri: `${served.origin}/@atelier` };
  await enrol(db(), id, { memberId: (await resolveActor(db(), member.actor("mia")))!.id });
  await follower.send(inbox(), follower.activity(follower.actor("flo"), "Follow", group.uri));
  bob = third.actor("bob");
});
afterAll(async () => {
  await served.stop();
  await Promise.all([follower, member, third].map((peer) => peer.stop()));
});
beforeEach(() => {
  for (const peer of [follower, member, third]) peer.inbox.length = 0;
});

const deliver = () => Promise.all([follower, member, third].map(({ host }) => deliverTo(db(), host)));
const repair = {
  ...{ name: "Repair café", state: "published", startWall: "2030-12-05T19:00:00", endWall: "2030-12-05T22:00:00" },
  ...{ timezone: "Europe/Paris", language: "en" },
};
const make = async (change: object = {}) => {
  const id = await createEvent(db(), operator, group.id, { ...repair, ...change } as never);
  await tellEvent(db(), id);
  await deliver();
  return { id, uri: `${served.origin}/events/${id}` };
};
/** What a server was passed on by the group since this was last asked: activities by kind and object, and bare ids. */
const passedOn = (peer: Peer) =>
  peer.inbox
    .splice(0)
    .map(({ activity }) => activity)
    .filter(({ type, actor }) => type === "Announce" && actor === group.uri)
    .map(({ object }) => object as Json | string);
const kinds = (all: (Json | string)[]) =>
  all.map((one) => (typeof one === "string" ? one : [one.type, one.actor, (one.object as Json).id]));

describe("a group passes on to followers and members", () => {
  it("its event: the activity as it was signed, and of a new one the id as well", async () => {
    const { id, uri } = await make();
    const [create] = follower.received("Create");
    const wrapped = follower.inbox.find(({ activity }) => (activity.object as Json)?.type === "Create")!;
    expect(wrapped.activity.object).toEqual(create);
    expect(create!.object).toMatchObject({ audience: group.uri });
    const proven = [isProven(wrapped.activity), isProven(wrapped.activity.object as Json), isSigned(wrapped)];
    expect(await Promise.all(proven)).toEqual([true, true, true]);
    for (const peer of [follower, member]) expect(kinds(passedOn(peer))).toEqual([["Create", group.uri, uri], uri]);
    await updateEvent(db(), operator, id, { name: "Repair café, again" });
    await tellEvent(db(), id);
    await tellEvent(db(), id);
    await deliver();
    for (const peer of [follower, member]) expect(kinds(passedOn(peer))).toEqual([["Update", group.uri, uri]]);
    await deleteEvent(db(), operator, id);
    await tellEvent(db(), id);
    await deliver();
    for (const peer of [follower, member]) expect(kinds(passedOn(peer))).toEqual([["Delete", group.uri, uri]]);
    expect(third.inbox).toEqual([]);
  });

  it("its event for members to these alone, and tells once who has it and who has it no more", async () => {
    const { id, uri } = await make({ visibility: "members" });
    expect(kinds(passedOn(member))).toEqual([["Create", group.uri, uri], uri]);
    await updateEvent(db(), operator, id, { visibility: "public" });
    await tellEvent(db(), id);
    await deliver();
    expect(kinds(passedOn(follower))).toEqual([["Create", group.uri, uri], uri]);
    expect(kinds(passedOn(member))).toEqual([["Update", group.uri, uri]]);
  });

  /** A job that dies where the first Announce is to be kept, and runs again, twice. */
  async function diesAndRunsAgain(tell: () => Promise<void>) {
    await db().execute(sql`alter table activities add constraint dies check (type <> 'Announce') not valid`);
    await expect(tell()).rejects.toThrow();
    await db().execute(sql`alter table activities drop constraint dies`);
    for (const _ of [1, 2]) await tell();
    await deliver();
    const told = [follower, third].map(({ inbox }) => inbox.splice(0).map(({ activity }) => activity));
    return told.map((all) => all.map(({ type, object }) => [type, (object as Json).type ?? "id"]));
  }

  it("its event and its post with what it says of them: a job that dies in between loses nothing", async () => {
    await third.send(inbox(), third.activity(bob, "Follow", `${served.origin}/actor`));
    await deliver();
    third.inbox.length = 0;
    const id = await createEvent(db(), operator, group.id, repair as never);
    const both = (type: string, object: string) => [
      [type, object],
      ["Announce", type],
    ];
    const first = (object: string) => [...both("Create", object), ["Announce", "id"]];
    const event = () => diesAndRunsAgain(() => tellEvent(db(), id));
    expect(await event()).toEqual([first("Event"), [["Announce", "id"]]]);
    await updateEvent(db(), operator, id, { name: "Other" } as never);
    expect((await event())[0]).toEqual(both("Update", "Event"));
    await deleteEvent(db(), operator, id);
    expect((await event())[0]).toEqual(both("Delete", "Tombstone"));

    const postId = newId();
    await enrol(db(), group.id, { memberId: ann.actor.id, role: "moderator" });
    const words = { name: "Thanks", content: "So many", language: "en", visibility: "public" as const, tags: [] };
    await writePost(db(), ann.viewer, group.id, { ...words, coverId: null, id: postId, publish: true });
    const post = () => diesAndRunsAgain(() => tellPost(db(), postId));
    expect((await post())[0]).toEqual(first("Article"));
    await db().update(posts).set({ name: "Other", updatedAt: new Date() }).where(eq(posts.id, postId));
    expect((await post())[0]).toEqual(both("Update", "Article"));
    await deletePost(db(), operator, postId);
    expect((await post())[0]).toEqual(both("Delete", "Tombstone"));
  });

  it("what people here say under it, until they delete it", async () => {
    const { id } = await make();
    const comment = newId();
    passedOn(follower);
    const words = { id: comment, actorId: ann.actor.id, thread: null, content: "Is there cake?", language: "en" };
    await writeComment(db(), ann.viewer, id, words);
    await tellComment(db(), comment);
    await deliver();
    const uri = `${served.origin}/comments/${comment}`;
    const annUri = `${served.origin}/@ann`;
    const [wrapped, ...rest] = passedOn(follower) as [Json, ...Json[]];
    expect([...kinds([wrapped]), ...rest]).toEqual([["Create", annUri, uri], uri]);
    expect([await isProven(wrapped), (wrapped.object as Json).audience]).toEqual([true, group.uri]);
    await deleteComment(db(), ann.viewer, comment);
    await tellComment(db(), comment);
    await deliver();
    expect(kinds(passedOn(follower))).toEqual([["Delete", annUri, uri]]);
    const { activities } = schema;
    const left = await db().select().from(activities).where(eq(activities.objectId, comment));
    expect(JSON.stringify(left)).not.toMatch(/cake/);
  });
});

describe("what somebody of another server says under a group's event", () => {
  const publicly = "https://www.w3.org/ns/activitystreams#Public";
  let count = 0;
  const note = (inReplyTo: string) => {
    const id = `${third.origin}/notes/${++count}`;
    const object = {
      ...{ id, type: "Note", attributedTo: bob, inReplyTo, to: [publicly], cc: [], content: "<p>Count me in.</p>" },
      published: "2026-11-01T08:00:00Z",
    };
    third.documents.set(`/notes/${count}`, object);
    return object;
  };

  it("is passed on as it came, to the letter, with what becomes of it; the words are kept no longer than it", async () => {
    const { uri } = await make();
    for (const peer of [follower, member]) passedOn(peer);
    const object = note(uri);
    const create = third.prove(third.activity(bob, "Create", object), bob);
    await third.send(inbox(), create);
    await third.send(inbox(), create);
    await deliver();
    for (const peer of [follower, member]) expect(passedOn(peer)).toEqual([create, object.id]);
    const newer = { ...object, content: "<p>Count us in.</p>", updated: "2026-11-02T08:00:00Z" };
    const update = third.prove(third.activity(bob, "Update", newer), bob);
    await third.send(inbox(), update);
    await deliver();
    expect(passedOn(member)).toEqual([update]);
    const end = third.activity(bob, "Delete", { id: object.id, type: "Tombstone" });
    await third.send(inbox(), end);
    await deliver();
    expect(passedOn(member)).toEqual([end]);
    expect(JSON.stringify(await db().select().from(schema.activities))).not.toMatch(/Count (me|us) in/);
  });

  it("is passed on by its id once the group's people let it stand, where they read first", async () => {
    const { id, uri } = await make({ comments: "moderated" });
    passedOn(member);
    const object = note(uri);
    await third.send(inbox(), third.activity(bob, "Create", object));
    await deliver();
    expect(passedOn(member)).toEqual([]);
    const { comments } = schema;
    const [row] = await db().select().from(comments).where(eq(comments.eventId, id));
    await decideComment(db(), operator, row!.id, "published");
    await tellComment(db(), row!.id);
    await tellComment(db(), row!.id);
    await deliver();
    expect(passedOn(member)).toEqual([object.id]);
  });

  it("is not passed on where only the address opens the event", async () => {
    const { uri } = await make({ visibility: "unlisted" });
    await third.send(inbox(), third.activity(bob, "Create", note(uri)));
    await deliver();
    expect(await db().$count(schema.comments, eq(schema.comments.uri, `${third.origin}/notes/${count}`))).toBe(1);
    expect([...passedOn(member), ...passedOn(follower)]).toEqual([]);
  });
});
