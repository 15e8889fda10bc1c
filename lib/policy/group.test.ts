import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { enrol, makeGroup, makeProfile } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { makeEvent } from "#lib/participation/testing.ts";
import { eventsVisibleTo } from "./event.ts";
import {
  allGroupRights,
  type GroupRight,
  groupRoleOf,
  groupsWhere,
  mayIn,
  organisersWhere,
  outranks,
} from "./group.ts";
import { eventsWhere, may, roleAt } from "./staff.ts";
import { operator, type Viewer, visitor } from "./viewer.ts";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
});
afterAll(() => base.drop());

const { actors, events, follows } = schema;

const account = (...actorIds: string[]): Viewer => ({
  kind: "account",
  accountId: newId(),
  role: "administrator",
  actorIds,
});

const all = [
  ...["see", "discuss", "share", "organise", "publish", "moderate", "invite", "decide", "remove"],
  ...["promote", "settings", "move", "close"],
];
const table: Record<string, readonly string[]> = {
  administrator: all,
  moderator: ["see", "discuss", "share", "organise", "publish", "moderate", "invite", "decide", "remove"],
  member: ["see", "discuss", "share"],
  nobody: [],
};

/** What the members of a group are to its events. */
const asEventRole: Record<string, string | null> = {
  administrator: "owner",
  moderator: "organizer",
  member: null,
  nobody: null,
};

const cast: [string, keyof typeof table][] = [
  ["an administrator", "administrator"],
  ["a moderator", "moderator"],
  ["a member", "member"],
  ["the best of two profiles", "moderator"],
  ["the operator", "administrator"],
  ["a visitor", "nobody"],
  ["an account without profiles", "nobody"],
  ["another's account", "nobody"],
  ["a follower", "nobody"],
  ["who is invited", "nobody"],
  ["who asks to come in", "nobody"],
  ["who has left", "nobody"],
  ["who was sent away", "nobody"],
  ["an administrator of another group", "nobody"],
];

async function viewerOf(who: string, group: string, other: string): Promise<Viewer> {
  const as = async (role: string, state = "member", where = group) =>
    account(newId(), await enrol(base.db, where, { role, state }));
  const follower = await makeProfile(base.db);
  await base.db
    .insert(follows)
    .values({ id: newId(), followerId: follower, followedId: group, uri: newId(), state: "accepted" });
  const viewers: Record<string, () => Viewer | Promise<Viewer>> = {
    "an administrator": () => as("administrator"),
    "a moderator": () => as("moderator"),
    "a member": () => as("member"),
    "the best of two profiles": async () =>
      account(await enrol(base.db, group), await enrol(base.db, group, { role: "moderator" })),
    "the operator": () => operator,
    "a visitor": () => visitor,
    "an account without profiles": () => account(),
    "another's account": () => account(newId()),
    "a follower": () => account(follower),
    "who is invited": () => as("administrator", "invited"),
    "who asks to come in": () => as("member", "requested"),
    "who has left": () => as("administrator", "left"),
    "who was sent away": () => as("administrator", "removed"),
    "an administrator of another group": () => as("administrator", "member", other),
  };
  return viewers[who]!();
}

describe("what each role may do in a group", () => {
  it.each(cast)("%s: the predicate and the filters agree", async (who, expected) => {
    const [group, other] = [await makeGroup(base.db), await makeGroup(base.db)];
    const viewer = await viewerOf(who, group, other);
    const [row] = await base.db
      .select({ role: groupRoleOf(viewer), membersOrganise: actors.membersOrganise })
      .from(actors)
      .where(eq(actors.id, group));
    expect(row!.role).toBe(expected === "nobody" ? null : expected);
    const holds = async (right: GroupRight) =>
      (await base.db.$count(actors, and(eq(actors.id, group), groupsWhere(viewer, right)))) === 1;
    for (const right of allGroupRights) {
      const allowed = table[expected]!.includes(right);
      expect([right, mayIn(row!, right), await holds(right)]).toEqual([right, allowed, allowed]);
    }
    const organises = await base.db.$count(actors, and(eq(actors.id, group), organisersWhere(viewer)));
    expect(organises === 1).toBe(table[expected]!.includes("organise"));
  });

  it("is said of every right", () => {
    expect([...allGroupRights]).toEqual(all);
  });

  it("lets all members make events where the group says so, and nothing else", async () => {
    const group = await makeGroup(base.db, { membersOrganise: true });
    const viewer = account(await enrol(base.db, group));
    const held = [];
    for (const right of allGroupRights)
      if (await base.db.$count(actors, and(eq(actors.id, group), groupsWhere(viewer, right)))) held.push(right);
    expect(held).toEqual(["see", "discuss", "share", "organise"]);
    expect(allGroupRights.filter((right) => mayIn({ role: "member", membersOrganise: true }, right))).toEqual(held);
  });

  it("is nothing in a group that is gone, taken away, or of another server", async () => {
    for (const change of [{ deletedAt: new Date() }, { suspendedAt: new Date() }, { host: "elsewhere.example" }]) {
      const group = await makeGroup(base.db, change);
      const viewer = account(await enrol(base.db, group, { role: "administrator" }));
      for (const right of allGroupRights)
        expect(await base.db.$count(actors, and(eq(actors.id, group), groupsWhere(viewer, right)))).toBe(0);
      const uri = change.host ? `https://${change.host}/${group}` : null;
      const event = await makeEvent(base.db, { organizerId: group, state: "draft", uri });
      expect(await base.db.$count(events, and(eq(events.id, event.id), eventsWhere(viewer, "see")))).toBe(0);
    }
  });

  it("puts members below moderators below administrators", () => {
    expect(outranks("administrator", "moderator") && outranks("moderator", "member")).toBe(true);
    expect(outranks("moderator", "moderator") || outranks("member", "administrator") || outranks(null, "member")).toBe(
      false,
    );
  });
});

describe("a group's events", () => {
  it.each(cast)("%s: have the role there that the group gives them", async (who, expected) => {
    const [group, other] = [await makeGroup(base.db), await makeGroup(base.db)];
    const viewer = await viewerOf(who, group, other);
    const draft = await makeEvent(base.db, { organizerId: group, state: "draft" });
    const [row] = await base.db
      .select({ role: roleAt(viewer) })
      .from(events)
      .where(eq(events.id, draft.id));
    expect(row!.role).toBe(asEventRole[expected]);
    for (const right of ["see", "change", "decide", "admit", "moderate", "staff", "remove"] as const) {
      const found = await base.db.$count(events, and(eq(events.id, draft.id), eventsWhere(viewer, right)));
      expect([right, found === 1]).toEqual([right, may(row!.role, right)]);
    }
  });

  it.each(cast)("%s: see those that are for members or followers as one of them", async (who, expected) => {
    const [group, other] = [await makeGroup(base.db), await makeGroup(base.db)];
    const viewer = await viewerOf(who, group, other);
    const seen = [];
    for (const visibility of ["public", "unlisted", "followers", "members"]) {
      const event = await makeEvent(base.db, { organizerId: group, visibility });
      if (await base.db.$count(events, and(eq(events.id, event.id), eventsVisibleTo(viewer)))) seen.push(visibility);
    }
    const inside = expected !== "nobody" ? ["followers", "members"] : who === "a follower" ? ["followers"] : [];
    expect(seen).toEqual(["public", "unlisted", ...inside]);
  });

  it("are made and run by members where the group says so, also for members of another server only to be seen", async () => {
    const group = await makeGroup(base.db, { membersOrganise: true });
    const memberId = await enrol(base.db, group);
    const draft = await makeEvent(base.db, { organizerId: group, state: "draft" });
    const inner = await makeEvent(base.db, { organizerId: group, visibility: "members" });
    const sees = (id: string, viewer: Viewer) =>
      base.db.$count(events, and(eq(events.id, id), eventsVisibleTo(viewer)));
    expect(await base.db.$count(events, and(eq(events.id, draft.id), eventsWhere(account(memberId), "change")))).toBe(
      1,
    );
    const remote: Viewer = { kind: "remote", actorId: memberId };
    expect([await sees(draft.id, remote), await sees(inner.id, remote)]).toEqual([0, 1]);
  });
});
