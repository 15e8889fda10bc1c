import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { writeComment } from "#lib/discussion/comment/commands.ts";
import { openDiscussion, writeMessage } from "#lib/discussion/message/commands.ts";
import { createEvent, updateEvent } from "#lib/event/commands.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { startWorker } from "#lib/jobs/worker.ts";
import { writePost } from "#lib/post/commands.ts";
import { addResource } from "#lib/resource/commands.ts";
import { resolveActor } from "../remote/actor.ts";
import { Peer, read } from "../testing/peer.ts";
import { type Served, serveFederation } from "../testing/server.ts";
import { deliverTo } from "./delivery.ts";

/**
 * A word for each thing that is for some alone, and who may come to see it. All that this server sends, and answers to
 * whatever is asked of it, is searched for them.
 */
const words = {
  canaryfollowersevent: ["follower", "member"],
  canarymembersevent: ["member"],
  canaryonceopenevent: ["member"],
  canarycomment: [] as string[],
  // Made here for a group of the follower's server; and there, by the member, for the group here.
  canaryawayevent: ["follower"],
  canaryguestevent: ["member"],
  canarydiscussion: ["member"],
  canarymessage: ["member"],
  canaryanswer: ["member"],
  canarypost: ["member"],
  canaryresource: ["member"],
};
type Word = keyof typeof words;
const names = ["follower", "member", "stranger"] as const;
type Name = (typeof names)[number];

let served: Served;
const peers = {} as Record<Name, Peer>;
const people = {} as Record<Name, string>;
const db = () => served.base.db;
let groupId: string;
let ann: Awaited<ReturnType<typeof person>>;

beforeAll(async () => {
  for (const name of names) peers[name] = await new Peer().start();
  served = await serveFederation(() => names.map((name) => peers[name].host));
  groupId = await makeGroup(db(), { handle: "atelier" });
  ann = await person(db(), "ann");
  await enrol(db(), groupId, { memberId: ann.actor.id, role: "administrator" });
  for (const name of names) {
    people[name] = peers[name].actor(name);
    await resolveActor(db(), people[name]);
  }
  await enrol(db(), groupId, { memberId: (await resolveActor(db(), people.member))!.id });
  const follow = peers.follower.activity(people.follower, "Follow", `${served.origin}/@atelier`);
  await peers.follower.send(`${served.origin}/inbox`, follow);
});
afterAll(async () => {
  await served.stop();
  await Promise.all(names.map((name) => peers[name].stop()));
});

const event = (content: Word, visibility: string, organizer = groupId) =>
  createEvent(db(), ann.viewer, organizer, {
    ...{ name: `Event ${content}`, content, visibility, state: "published", language: "en" },
    ...{ startWall: "2030-12-05T19:00:00", timezone: "Europe/Paris", place: { name: content } },
  } as never);

/** Makes each of them as a member does. */
async function fill(): Promise<void> {
  await event("canaryfollowersevent", "followers");
  const inner = await event("canarymembersevent", "members");
  await updateEvent(db(), ann.viewer, inner, { startWall: "2030-12-06T19:00:00" } as never);
  const once = await event("canaryonceopenevent", "members");
  const comment = { actorId: ann.actor.id, thread: null, language: "en" };
  for (const under of [inner, once])
    await writeComment(db(), ann.viewer, under, {
      ...comment,
      id: newId(),
      content: `canarycomment @member@${peers.member.host}`,
    });
  const club = await resolveActor(db(), peers.follower.actor("club", { type: "Group", openness: "open" }));
  await enrol(db(), club!.id, { memberId: ann.actor.id, role: "moderator" });
  await event("canaryawayevent", "members", club!.id);
  const [id, said] = [newId(), newId()];
  await openDiscussion(db(), ann.viewer, groupId, {
    id,
    name: "canarydiscussion",
    content: "canarymessage",
    language: "en",
  });
  await writeMessage(db(), ann.viewer, id, {
    id: said,
    content: "More of canarymessage",
    language: "en",
    quoted: null,
  });
  const post = { name: "canarypost", content: "canarypost", language: "en", visibility: "members" as const };
  await writePost(db(), ann.viewer, groupId, { ...post, id: newId(), tags: [], coverId: null, publish: true });
  const link = { name: "canaryresource", url: "https://example.org/canaryresource", summary: "canaryresource" };
  await addResource(db(), ann.viewer, groupId, { ...link, id: newId(), type: "link", folder: null });
  const note = {
    ...{ id: `${peers.member.origin}/notes/${said}`, type: "Note", actor: people.member, content: "canaryanswer" },
    ...{ attributedTo: `${served.origin}/@atelier`, context: `${served.origin}/discussions/${id}` },
    ...{ to: [`${served.origin}/@atelier/members`], cc: [] },
  };
  await db().update(schema.actors).set({ membersOrganise: true }).where(eq(schema.actors.id, groupId));
  const guest = {
    ...{ id: `${peers.member.origin}/events/1`, type: "Event", actor: people.member, name: "Event canaryguestevent" },
    ...{
      attributedTo: `${served.origin}/@atelier`,
      startTime: "2030-12-05T19:00:00+01:00",
      content: "canaryguestevent",
    },
    ...{ to: [`${served.origin}/@atelier/members`], cc: [] },
  };
  for (const object of [note, guest])
    await peers.member.send(`${served.origin}/inbox`, peers.member.activity(people.member, "Create", object));
}

/** Lets the jobs run until nothing waits to be said or sent. */
async function settle(): Promise<void> {
  const worker = await startWorker(served.base.url, db(), { "resource-preview": async () => {} });
  const waiting = async () => {
    const [row] = await db().execute<{ count: number }>(sql`
      select (select count(*)::int from pgboss.job where state in ('created', 'retry', 'active') and start_after <= now()
        and name like '%out' or name = 'delivery' and state in ('created', 'active'))
        + (select count(*)::int from deliveries where state = 'due') as count`);
    return row!.count;
  };
  for (let quiet = 0, tries = 0; quiet < 3 && tries < 200; tries++) {
    quiet = (await waiting()) === 0 ? quiet + 1 : 0;
    await sleep(50);
  }
  await worker.stop();
  // A server that was slow once, on a busy machine, would be left in peace for a while.
  await db().execute(sql`update peers set retry_at = null`);
  await db().execute(sql`update deliveries set retry_at = null where state = 'due'`);
  for (const name of names) await deliverTo(db(), peers[name].host);
}

/** Whatever has an address here and is told in ActivityStreams: each thing, each activity, each collection. */
async function addresses(): Promise<string[]> {
  const rows = await db().execute<{ kind: string; id: string }>(sql`
    select 'events' as kind, id from events union all select 'posts', id from posts
    union all select 'discussions', id from discussions union all select 'comments', id from discussion_messages
    union all select 'comments', id from comments
    union all select 'resources', id from resources union all select 'activities', id from activities`);
  const things = rows.map(({ kind, id }) => `/${kind}/${id}`);
  const parts = ["/replies", "/attendees", "/context", "/actor", "/replies?page=1", "/context?page=1"];
  const shown = things.filter((one) => one.startsWith("/events/")).flatMap((one) => parts.map((part) => one + part));
  const talks = things.filter((one) => one.startsWith("/discussions/"));
  const lists = "outbox followers following featured events members moderators posts discussions resources todos";
  const pages = ["", "/first", "?page=1"];
  const collections = lists.split(" ").flatMap((name) => pages.map((page) => `/@atelier/${name}${page}`));
  return [
    "/@atelier",
    "/@ann",
    "/@ann/outbox?cursor=",
    "/actor/outbox?cursor=",
    ...things,
    ...shown,
    ...talks.flatMap((one) => [`${one}/replies`, `${one}/replies/first`]),
    ...collections,
  ].map((path) => `${served.origin}${path}`);
}

/** All that a server was sent, and is answered when one of its people asks for everything, or the server itself. */
async function learned(name: Name): Promise<string> {
  const peer = peers[name];
  const all = peer.inbox.map(({ body }) => body);
  const relay = peer.actor("relay", { type: "Application" });
  for (const url of await addresses())
    for (const by of /\/(activities|@)/.test(url) ? [people[name]] : [people[name], relay]) {
      const { json, headers } = await peer.ask(url, by);
      all.push(JSON.stringify([json, [...headers]]));
    }
  return all.join("\n");
}
const found = (text: string) => (Object.keys(words) as Word[]).filter((word) => text.includes(word));
const allowed = (name: Name) => (Object.keys(words) as Word[]).filter((word) => words[word].includes(name));

describe("what is for some alone", () => {
  it("is found in no byte that leaves to a server with nobody who may see it, and asked for as nobody; whole where one may", async () => {
    await fill();
    await settle();
    for (const name of names) expect([name, found(await learned(name))]).toEqual([name, allowed(name)]);
    const anonymous: string[] = [];
    for (const url of await addresses()) anonymous.push(JSON.stringify((await read(url)).json));
    expect(found(anonymous.join("\n"))).toEqual([]);
  });

  it("is found by the same search once somebody there is a member, or it is for everybody", async () => {
    await enrol(db(), groupId, { memberId: (await resolveActor(db(), people.stranger))!.id });
    const { discussions, events } = schema;
    const [once] = await db().select().from(events).where(eq(events.content, "canaryonceopenevent"));
    await updateEvent(db(), ann.viewer, once!.id, { visibility: "public" } as never);
    const [talk] = await db().select().from(discussions);
    const more = { id: newId(), content: "canarymessage again", language: "en", quoted: null };
    await writeMessage(db(), ann.viewer, talk!.id, more);
    await settle();
    const sent = peers.stranger.inbox.map(({ body }) => body).join("\n");
    expect(found(sent)).toEqual(["canaryonceopenevent", "canarymessage"]);
    // What was said among fewer, or made for another group, stays among them.
    const others = ["canarycomment", "canaryawayevent"];
    expect(found(await learned("stranger"))).toEqual(Object.keys(words).filter((word) => !others.includes(word)));
  });
});
