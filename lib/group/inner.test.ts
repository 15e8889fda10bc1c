import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { follow } from "#lib/actor/follow/commands.ts";
import { writeComment } from "#lib/discussion/comment/commands.ts";
import { getComment } from "#lib/discussion/comment/queries.ts";
import { updateEvent } from "#lib/event/commands.ts";
import type { EventChange } from "#lib/event/input.ts";
import { listInnerEvents, listOwnEvents } from "#lib/event/mine/queries.ts";
import { getEvent, listByOrganizer } from "#lib/event/queries.ts";
import { parseSearch } from "#lib/event/search/input.ts";
import { listEvents, listFeed, listOrganizerFeed } from "#lib/event/search/queries.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { getPicture } from "#lib/media/queries.ts";
import { getBoard } from "#lib/notification/board/queries.ts";
import { ownEntries } from "#lib/participation/mine/calendar.ts";
import { makeEvent } from "#lib/participation/testing.ts";
import { type AccountViewer, operator, type Viewer, visitor } from "#lib/policy/viewer.ts";
import { addResource } from "#lib/resource/commands.ts";
import { getResource } from "#lib/resource/queries.ts";
import { audienceOf, getGroupFacts } from "./queries.ts";
import { enrol, makeGroup } from "./testing.ts";

const { events, media } = schema;

let base: TestDatabase;
let group: string;
let cast: Record<string, Awaited<ReturnType<typeof person>>>;
const ids: Record<string, string> = {};
const covers: Record<string, string> = {};
beforeAll(async () => {
  base = await testDatabase();
  await startSender(base.db);
  const [member, follower, stranger] = [
    await person(base.db, "member"),
    await person(base.db, "follower"),
    await person(base.db, "stranger"),
  ];
  cast = { member, follower, stranger };
  group = await makeGroup(base.db);
  await enrol(base.db, group, { memberId: member.actor.id });
  await follow(base.db, follower.viewer, follower.actor.id, group);
  for (const visibility of ["public", "followers", "members"]) {
    covers[visibility] = newId();
    await base.db
      .insert(media)
      .values({ id: covers[visibility]!, path: `${visibility}.webp`, mediaType: "image/webp", width: 1, height: 1 });
    const picture =
      visibility === "members" ? { content: `![](/media/${covers[visibility]})` } : { coverId: covers[visibility] };
    const event = { organizerId: group, visibility, name: `Canary ${visibility}`, ...picture };
    ids[visibility] = (await makeEvent(base.db, event)).id;
  }
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

const viewer = (who: string): Viewer => cast[who]?.viewer ?? visitor;
const sees: Record<string, string[]> = {
  member: ["public", "followers", "members"],
  follower: ["public", "followers"],
  stranger: ["public"],
  visitor: ["public"],
};
const told = (rows: { name: string }[]) =>
  rows.map(({ name }) => name.replace("Canary ", "")).filter((name) => name in ids);

describe("events that are for followers or members alone", () => {
  it.each(Object.keys(sees))("as a %s: pages, pictures and the group's page show what is for them", async (who) => {
    const found = { pages: [] as string[], pictures: [] as string[] };
    for (const visibility of Object.keys(ids)) {
      if (await getEvent(base.db, viewer(who), ids[visibility]!)) found.pages.push(visibility);
      const picture = await getPicture(base.db, viewer(who), covers[visibility]!);
      if (picture) found.pictures.push(visibility);
      // Only what everybody may see is kept in places that many share.
      if (picture) expect(picture.open).toBe(visibility === "public");
    }
    expect(found).toEqual({ pages: sees[who], pictures: sees[who] });
    const facts = await getGroupFacts(base.db, viewer(who), { id: group, membersShown: false });
    const listed = await listByOrganizer(base.db, group, { past: false, limit: 9, inside: audienceOf(facts) });
    expect(told(listed).sort()).toEqual([...sees[who]!].sort());
  });

  it("are in no list, search, feed or neighbourhood, whoever asks", async () => {
    const { search } = parseSearch({ q: "canary" });
    const window = { kind: "from" as const, from: new Date() };
    const criteria = { ...search, near: null, window } as unknown as Parameters<typeof listEvents>[1];
    const lists = [
      (await listEvents(base.db, criteria, 9)).events,
      await listFeed(base.db, criteria, 9),
      await listOrganizerFeed(base.db, group, new Date()),
      await listByOrganizer(base.db, group, { past: false, limit: 9 }),
      (await getBoard(base.db, { id: newId(), organizerId: group, waitingList: false })).related,
    ];
    for (const list of lists) expect(told(list)).toEqual(["public"]);
    expect(await base.db.$count(events, eq(events.listed, true))).toBe(1);
  });

  it("are in the private calendar of those whom they are for, and in nobody else's", async () => {
    for (const who of ["member", "follower", "stranger"]) {
      const { id } = cast[who]!.account;
      const entries = ownEntries(await listOwnEvents(base.db, id), [], await listInnerEvents(base.db, id));
      const inner = sees[who]!.filter((one) => one !== "public");
      expect(told(entries.map((one) => ({ name: one.name })))).toEqual(inner);
    }
  });
});

describe("what is said under such an event", () => {
  it("is said and read by those who see it, and hidden from who comes to see it later", async () => {
    const said: Record<string, string[]> = {};
    const say = async (who: string, under: string) => {
      const words = { id: newId(), actorId: cast[who]!.actor.id, thread: null, content: who, language: "en" };
      await writeComment(base.db, cast[who]!.viewer as AccountViewer, ids[under]!, words);
      said[under] = [...(said[under] ?? []), words.id];
    };
    for (const who of ["member", "follower", "stranger"])
      for (const under of ["followers", "members"])
        if (sees[who]!.includes(under)) await say(who, under);
        else await expect(say(who, under)).rejects.toMatchObject({ code: "not-found" });
    const found = async (who: string, under: string) =>
      Promise.all(said[under]!.map(async (id) => (await getComment(base.db, viewer(who), id))?.comment.state ?? null));
    for (const who of Object.keys(sees))
      for (const under of ["followers", "members"]) {
        const there = sees[who]!.includes(under) ? "published" : null;
        expect([who, under, await found(who, under)]).toEqual([who, under, said[under]!.map(() => there)]);
      }
    const kept = await makeEvent(base.db, { organizerId: group, visibility: "members" });
    ids.kept = kept.id;
    await say("member", "kept");
    await updateEvent(base.db, operator, kept.id, { visibility: "followers" } as EventChange);
    expect(await found("follower", "kept")).toEqual(["hidden"]);
    await say("follower", "kept");
    await updateEvent(base.db, operator, kept.id, { visibility: "members" } as EventChange);
    expect(await found("member", "kept"), "for fewer again").toEqual(["hidden", "published"]);
  });
});

describe("what the members of a group keep", () => {
  it("is found by members alone, and its words stand nowhere else", async () => {
    const word = "Quicksilver";
    const link = { type: "link", name: word, summary: word, url: `http://localhost:1/${word}`, folder: null } as const;
    const ids = { link: newId(), folder: newId() };
    const { member } = cast;
    await addResource(base.db, member!.viewer, group, {
      type: "folder",
      name: word,
      summary: word,
      folder: null,
      id: ids.folder,
    });
    await addResource(base.db, member!.viewer, group, { ...link, folder: ids.folder, id: ids.link });
    for (const who of Object.keys(sees)) {
      const found = await Promise.all(Object.values(ids).map((id) => getResource(base.db, viewer(who), id)));
      expect([who, found.map((one) => one?.name)]).toEqual([who, Array(2).fill(who === "member" ? word : undefined)]);
      // What the group's page tells, and what is told of its events.
      const told = [
        await getGroupFacts(base.db, viewer(who), { id: group, membersShown: true }),
        await listByOrganizer(base.db, group, { past: false, limit: 9, inside: ["followers", "members"] }),
      ];
      expect(JSON.stringify(told)).not.toContain(word);
    }
    // No mail, no activity, no picture, no event knows of it: of all tables, its own and the group's log alone.
    const tables = await base.db.execute<{ name: string }>(
      sql`select table_schema || '.' || table_name as name from information_schema.tables
        where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`,
    );
    const holders: string[] = [];
    for (const { name } of tables) {
      const [row] = await base.db.execute<{ there: boolean }>(
        sql`select exists (select 1 from ${sql.raw(name)} t where t::text like ${`%${word}%`}) as there`,
      );
      if (row!.there) holders.push(name);
    }
    expect(tables.length).toBeGreaterThan(40);
    expect(holders.sort()).toEqual(["public.group_log", "public.resources"]);
  });
});
