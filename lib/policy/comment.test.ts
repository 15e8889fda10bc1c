import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { newId } from "#lib/ids.ts";
import { makeEvent } from "#lib/participation/testing.ts";
import { canChangeComment, canSeeComment, commentObstacle, commentsVisibleTo, mustAwait } from "./comment.ts";
import type { EventRole } from "./staff.ts";
import { type Viewer, visitor } from "./viewer.ts";

const { actors, comments } = schema;
let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
});
afterAll(() => base.drop());

const account = (...actorIds: string[]): Viewer => ({
  ...{ kind: "account", accountId: newId(), role: "administrator", actorIds },
});

describe("who reads a comment", () => {
  const table: Record<string, Record<"everybody" | "author" | "staff", boolean>> = {
    waiting: { everybody: false, author: true, staff: true },
    published: { everybody: true, author: true, staff: true },
    suspended: { everybody: false, author: true, staff: true },
    hidden: { everybody: false, author: true, staff: true },
    deleted: { everybody: false, author: false, staff: false },
  };

  it.each(Object.keys(table))("%s: the predicate and the filter agree", async (name) => {
    const [id, actorId] = [newId(), newId()];
    const event = await makeEvent(base.db);
    const suspendedAt = name === "suspended" ? new Date() : null;
    const handle = `c${actorId.replaceAll("-", "").slice(-20)}`;
    await base.db.insert(actors).values({ id: actorId, type: "Person", handle, suspendedAt });
    const state = name === "suspended" ? "published" : name;
    const now = new Date();
    const words = name === "deleted" ? { content: "", deletedAt: now } : { content: "Hello" };
    await base.db
      .insert(comments)
      .values({ id, eventId: event.id, actorId, threadId: id, threadAt: now, createdAt: now, state, ...words });
    const viewers: [string, Viewer, EventRole | null][] = [
      ["everybody", visitor, null],
      ["everybody", account(newId()), null],
      ["everybody", account(), null],
      ["everybody", { kind: "remote", actorId }, null],
      ["everybody", account(newId()), "helper"],
      ["author", account(newId(), actorId), null],
      ["staff", account(newId()), "moderator"],
      ["staff", account(newId()), "organizer"],
      ["staff", account(newId()), "owner"],
    ];
    for (const [who, viewer, role] of viewers) {
      const [row] = await base.db
        .select({ comment: comments, author: actors })
        .from(comments)
        .innerJoin(actors, eq(actors.id, comments.actorId))
        .where(eq(comments.id, id));
      const found = await base.db
        .select({ id: comments.id })
        .from(comments)
        .innerJoin(actors, eq(actors.id, comments.actorId))
        .where(and(eq(comments.id, id), commentsVisibleTo(viewer, role)));
      const reads = table[name]![who as "author"];
      expect([who, canSeeComment(viewer, role, row!.comment, row!.author), found.length === 1]).toEqual([
        who,
        reads,
        reads,
      ]);
      const open = !["hidden", "deleted"].includes(name);
      const under = (id: string, type: string, host: string | null = null) =>
        canChangeComment(viewer, row!.comment, { role, organizer: { id, type, host } });
      expect(under(newId(), "Group")).toBe(open && who === "author");
      // What a group says under its event is for whoever runs the event; what a person says is theirs alone.
      expect(under(actorId, "Group")).toBe(open && (who === "author" || role === "organizer" || role === "owner"));
      expect(under(actorId, "Person")).toBe(open && who === "author");
      expect(under(actorId, "Group", "elsewhere.example")).toBe(open && who === "author");
    }
  });
});

it.each([
  [null, {}],
  [null, { visibility: "unlisted", comments: "moderated" }],
  ["comments-closed", { comments: "closed" }],
  ["event-not-open", { comments: "closed", state: "draft" }],
  ["event-not-open", { hiddenAt: new Date() }],
  [null, { visibility: "followers" }],
  [null, { visibility: "members", comments: "moderated" }],
  ["comments-closed", { visibility: "members", comments: "closed" }],
  ["event-not-open", { visibility: "members", uri: "https://elsewhere.example/e/1" }],
  ["event-not-open", { visibility: "members", hiddenAt: new Date() }],
] as const)("says %s to whoever would comment on %j", (obstacle, change) => {
  const open = {
    uri: null,
    state: "published",
    visibility: "public",
    hiddenAt: null,
    hiddenWith: null,
    comments: "open",
  };
  expect(commentObstacle({ ...open, ...change })).toBe(obstacle);
});

it.each([
  ["moderated", null, true],
  ["moderated", "helper", true],
  ["moderated", "moderator", false],
  ["open", null, false],
] as const)("%s comments of a %s wait: %s", (chosen, role, waits) => {
  expect(mustAwait({ comments: chosen }, role)).toBe(waits);
});
