import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { makeEvent } from "#lib/participation/testing.ts";
import { randomToken, tokenHash } from "#lib/secrets.ts";
import { eventsVisibleTo } from "./event.ts";
import { allRights, eventsWhere, may, type Right, roleAt, staffRoles } from "./staff.ts";
import { operator, type Viewer, visitor } from "./viewer.ts";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
});
afterAll(() => base.drop());

const { actors, eventStaff, events } = schema;

async function makeActor() {
  const id = newId();
  await base.db.insert(actors).values({ id, type: "Person", handle: `a${id.replaceAll("-", "").slice(-20)}` });
  return id;
}

const account = (...actorIds: string[]): Viewer => ({
  kind: "account",
  accountId: newId(),
  role: "administrator",
  actorIds,
});

async function employ(eventId: string, role: string, accepted: boolean) {
  const actorId = await makeActor();
  await base.db.insert(eventStaff).values({
    ...{ id: newId(), eventId, actorId, role, language: "en", tokenHash: tokenHash(randomToken()) },
    ...(accepted ? { acceptedAt: new Date() } : { expiresAt: new Date(Date.now() + 1e6) }),
  });
  return actorId;
}

/** Gives an event to a group in which the author, and somebody else, are what they are. Returns the two. */
async function lend(eventId: string, { as, host = "elsewhere.example" }: { as: string; host?: string | null }) {
  const groupId = await makeGroup(base.db, { host });
  const [author, other] = [
    await enrol(base.db, groupId, { role: as }),
    await enrol(base.db, groupId, { role: "moderator" }),
  ];
  await base.db.update(events).set({ organizerId: groupId, authorId: author }).where(eq(events.id, eventId));
  return { author, other };
}

const table: Record<string, readonly Right[]> = {
  owner: ["see", "change", "decide", "admit", "moderate", "staff", "remove"],
  organizer: ["see", "change", "decide", "admit", "moderate"],
  moderator: ["see", "moderate"],
  helper: ["see", "admit"],
  author: ["see", "remove"],
  nobody: [],
};

describe("what each role may do at an event", () => {
  it.each<[string, keyof typeof table]>([
    ["whose it is", "owner"],
    ["a co-organiser", "organizer"],
    ["a moderator of comments", "moderator"],
    ["a helper at the door", "helper"],
    ["the operator", "owner"],
    ["a visitor", "nobody"],
    ["an account without profiles", "nobody"],
    ["another's account", "nobody"],
    ["somebody who is only invited", "nobody"],
    ["a co-organiser of another event", "nobody"],
    ["a remote actor of the same id", "nobody"],
    ["who makes it for a group elsewhere", "owner"],
    ["who made it for one that lets them no more", "author"],
    ["another who leads that group", "organizer"],
    ["who leads a group whose event is elsewhere", "nobody"],
  ])("%s: the predicate and the filter agree", async (who, expected) => {
    const owner = await makeActor();
    const event = await makeEvent(base.db, { organizerId: owner, state: "draft" });
    const other = await makeEvent(base.db);
    const viewers: Record<string, () => Promise<Viewer> | Viewer> = {
      "whose it is": () => account(newId(), owner),
      "a co-organiser": async () => account(newId(), await employ(event.id, "organizer", true)),
      "a moderator of comments": async () => account(await employ(event.id, "moderator", true)),
      "a helper at the door": async () => account(await employ(event.id, "helper", true)),
      "the operator": () => operator,
      "a visitor": () => visitor,
      "an account without profiles": () => account(),
      "another's account": () => account(newId()),
      "somebody who is only invited": async () => account(await employ(event.id, "organizer", false)),
      "a co-organiser of another event": async () => account(await employ(other.id, "organizer", true)),
      "a remote actor of the same id": () => ({ kind: "remote", actorId: owner }),
      "who makes it for a group elsewhere": async () => account((await lend(event.id, { as: "moderator" })).author),
      "who made it for one that lets them no more": async () =>
        account((await lend(event.id, { as: "member" })).author),
      "another who leads that group": async () => account((await lend(event.id, { as: "moderator" })).other),
      "who leads a group whose event is elsewhere": async () => {
        await base.db
          .update(events)
          .set({ uri: `https://elsewhere.example/${event.id}` })
          .where(eq(events.id, event.id));
        return account((await lend(event.id, { as: "member", host: null })).other);
      },
    };
    const viewer = await viewers[who]!();
    const [row] = await base.db
      .select({ role: roleAt(viewer) })
      .from(events)
      .where(eq(events.id, event.id));
    expect(row!.role).toBe(expected === "nobody" ? null : expected);
    const passes = async (filter: ReturnType<typeof eventsWhere>) =>
      (
        await base.db
          .select({ id: events.id })
          .from(events)
          .where(and(eq(events.id, event.id), filter))
      ).length === 1;
    for (const right of allRights) {
      const holds = table[expected]!.includes(right);
      expect([right, may(row!.role, right), await passes(eventsWhere(viewer, right))]).toEqual([right, holds, holds]);
    }
    expect(await passes(eventsVisibleTo(viewer))).toBe(table[expected]!.includes("see"));
  });

  it("is said of every role that one can be invited as", () => {
    expect(Object.keys(table)).toEqual(expect.arrayContaining([...staffRoles]));
    expect(allRights.filter((right) => !may("owner", right))).toEqual([]);
  });
});
