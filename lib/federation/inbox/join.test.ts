import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { cancelEvent, updateEvent } from "#lib/event/commands.ts";
import { eraseParticipation } from "#lib/participation/erasure/commands.ts";
import { returnPlaces } from "#lib/participation/parting/commands.ts";
import { operator } from "#lib/policy/viewer.ts";
import { linkToken } from "#lib/secrets.ts";
import { answerParticipations } from "../outbox/answers.ts";
import { tellEvent } from "../outbox/event.ts";
import type { Json } from "../testing/peer.ts";
import { type Stage, stage } from "../testing/stage.ts";

let at: Stage;
beforeAll(async () => {
  at = await stage();
});
afterAll(() => at.stop());

let count = 0;
const someone = (change: Json = {}) => at.peer.actor(`guest${++count}`, change);
const say = async (actor: string, type: string, object: unknown, more: Json = {}) => {
  const activity = at.peer.activity(actor, type, object, more);
  expect((await at.peer.send(at.inbox, activity)).status).toBe(202);
  return activity;
};
const stateOf = async (id: string) => (await at.rows(id)).map(({ state }) => state);
const types = (actor: string) => at.toldTo(actor).map(({ type }) => type);

describe("a Join", () => {
  it("brings its message to the organiser, as plain text", async () => {
    const { id, uri } = await at.event({ joinMode: "approval" });
    // Mobilizon.
    await say(someone(), "Join", uri, { participationMessage: "<p>I bring <b>tea</b>.</p><script>x</script>" });
    expect(await at.rows(id)).toMatchObject([{ state: "pending", source: "join", message: "I bring tea." }]);
  });

  it("that finds no seat waits in line: told so with the place in it and a link, accepted when a seat falls free", async () => {
    const { id, uri } = await at.event({ maximumAttendeeCapacity: 1, waitingList: true });
    const [first, second, third] = [someone(), someone(), someone()];
    const join = await say(first, "Join", uri);
    await say(second, "Join", uri);
    await at.settle();
    expect([types(first), types(second)]).toEqual([["Accept"], ["Create"]]);
    const [note] = at.notesTo(second);
    expect(note).toMatchObject({ to: [second], cc: [], attributedTo: `${at.origin}/@ann`, inReplyTo: uri });
    expect(note!.content).toMatch(/number 1 in the queue.*\/participations\/[\w-]{43}/);
    expect(note!.tag).toEqual([expect.objectContaining({ type: "Mention", href: second })]);
    await say(third, "Join", uri);
    await say(first, "Undo", { ...join });
    await at.settle();
    expect(types(second)).toEqual(["Create", "Accept"]);
    expect([await at.seats(id), types(third)]).toEqual([1, ["Create"]]);
  });

  it("whose data is deleted on our page is told by Reject, and who it was is forgotten with that", async () => {
    const { id, uri } = await at.event();
    const guest = someone();
    const join = await say(guest, "Join", uri);
    await at.settle();
    const [row] = await at.rows(id);
    await eraseParticipation(at.db, linkToken("participation", row!.id, row!.tokenGeneration));
    expect([await at.seats(id), (await at.rows(id))[0]!.name]).toEqual([0, ""]);
    for (const _ of [1, 2]) await at.settle();
    expect(types(guest)).toEqual(["Accept", "Reject"]);
    expect(at.toldTo(guest).at(-1)!.object).toMatchObject({ type: "Join", id: join.id });
    expect((await at.rows(id))[0]).toMatchObject({ uri: null, actorId: null, state: "left" });
    await say(guest, "Join", uri);
    expect((await stateOf(id)).sort()).toEqual(["accepted", "left"]);
  });

  it("that still waits when the event begins, or asks when it is called off, is rejected", async () => {
    const { events } = schema;
    const begun = await at.event({ maximumAttendeeCapacity: 1, waitingList: true });
    const off = await at.event({ joinMode: "approval" });
    const [lucky, waits, asks] = [someone(), someone(), someone()];
    await say(lucky, "Join", begun.uri);
    await say(waits, "Join", begun.uri);
    await say(asks, "Join", off.uri);
    await at.settle();
    await at.db
      .update(events)
      .set({ startTime: new Date(Date.now() - 60_000), endTime: new Date(Date.now() + 3_600_000) })
      .where(eq(events.id, begun.id));
    await cancelEvent(at.db, operator, off.id, "");
    await at.settle();
    await at.settle();
    expect([types(lucky), types(waits), types(asks)]).toEqual([["Accept"], ["Create", "Reject"], ["Reject"]]);
  });

  it("that is shown once more after it was taken back, by whoever kept it, brings nobody back", async () => {
    const { id, uri } = await at.event();
    const actor = someone();
    const join = await say(actor, "Join", uri);
    await say(actor, "Leave", uri);
    expect((await at.peer.send(at.inbox, join)).status).toBe(202);
    expect([await stateOf(id), await at.seats(id)]).toEqual([["left"], 0]);
    await say(actor, "Join", uri);
    await at.peer.send(at.inbox, join);
    expect([await stateOf(id), await at.seats(id)]).toEqual([["accepted"], 1]);
  });

  it("of somebody whom the host has sent away is rejected, and so it is however often it comes", async () => {
    const { id, uri } = await at.event();
    const actor = someone();
    await say(actor, "Follow", `${at.origin}/@ann`);
    await at.db.update(schema.actors).set({ suspendedAt: new Date() }).where(eq(schema.actors.uri, actor));
    const join = await say(actor, "Join", uri);
    await at.settle();
    await at.peer.send(at.inbox, join);
    await at.settle();
    expect([types(actor).filter((type) => type === "Reject"), await at.rows(id)]).toEqual([["Reject", "Reject"], []]);
  });

  it("of a follower who follows no more is taken back, though the event is for them no more; nothing of that is said to them", async () => {
    const { id, uri } = await at.event({ visibility: "followers", maximumAttendeeCapacity: 9 });
    const ways: ((actor: string, join: Json) => Promise<unknown>)[] = [
      (actor) => say(actor, "Leave", uri),
      (actor, join) => say(actor, "Undo", join),
      (actor, join) => say(actor, "Undo", join.id),
      (actor) => say(actor, "Reject", uri),
    ];
    const guests = ways.map((way) => ({ actor: someone(), way }));
    const asked = [];
    for (const { actor, way } of guests) {
      const follow = await say(actor, "Follow", `${at.origin}/@ann`);
      const join = await say(actor, "Join", uri);
      asked.push(() => way(actor, join));
      await say(actor, "Undo", follow);
    }
    await at.settle();
    at.peer.inbox.length = 0;
    for (const name of ["Among us", "Among friends"]) {
      await updateEvent(at.db, operator, id, { name } as never);
      await tellEvent(at.db, id);
      await at.settle();
    }
    const told = at.peer.inbox.map(({ activity: { type, object } }) => [type, (object as Json).id]);
    expect([told.length > 0, told.every(([type, about]) => type === "Delete" && about === uri)]).toEqual([true, true]);
    expect(await at.seats(id)).toBe(4);
    for (const back of asked) await back();
    expect([await stateOf(id), await at.seats(id)]).toEqual([["left", "left", "left", "left"], 0]);
  });

  it("of a follower who follows no more, or blocks whom they followed, is given back: who waits has the seat", async () => {
    const { id, uri } = await at.event({ visibility: "followers", maximumAttendeeCapacity: 2, waitingList: true });
    const ends = [
      (actor: string, follow: Json) => say(actor, "Undo", follow),
      (actor: string) => say(actor, "Block", `${at.origin}/@ann`),
      async () => {},
    ];
    const guests = [];
    for (const end of ends) {
      const actor = someone();
      const follow = await say(actor, "Follow", `${at.origin}/@ann`);
      await say(actor, "Join", uri);
      guests.push({ actor, end: () => end(actor, follow) });
    }
    expect(await stateOf(id)).toEqual(["accepted", "accepted", "waitlisted"]);
    for (const { end } of guests) await end();
    const left = await at.db.execute<{ data: { organizerId: string; actorId: string } }>(
      sql`select data from pgboss.job where name = 'circle-left' and data ->> 'organizerId' = ${at.ann.actor.id}`,
    );
    for (const { data } of left) await returnPlaces(at.db, data);
    const states = (await at.rows(id)).map(({ state }) => state).sort();
    expect([states, await at.seats(id)]).toEqual([["accepted", "left", "left"], 1]);
    await at.settle();
    expect(guests.map(({ actor }) => types(actor).at(-1))).toEqual(["Reject", "Reject", "Accept"]);
  });

  it("for an event that is not ours, or not theirs to see, has no answer", async () => {
    const draft = await at.event({ state: "draft" });
    const actor = someone();
    await say(actor, "Join", draft.uri);
    await say(actor, "Join", `${at.origin}/events/0195d8a0-0000-7000-8000-000000000000`);
    await say(actor, "Join", `${at.other.origin}/events/1`);
    await at.settle();
    expect([at.toldTo(actor), await at.rows(draft.id)]).toEqual([[], []]);
  });

  it("ends with the account that sent it: its seat is free, and its name is gone", async () => {
    const { id, uri } = await at.event();
    const actor = someone();
    await say(actor, "Join", uri);
    expect(await at.seats(id)).toBe(1);
    await say(actor, "Delete", actor);
    expect([await at.seats(id), await at.rows(id)]).toEqual([
      0,
      [expect.objectContaining({ state: "left", name: "" })],
    ]);
  });
});

describe("an answer to the event itself", () => {
  /** Friendica names the event. Hubzilla embeds its actor, and the event, or the activity that brought it. */
  const shapes: [string, (uri: string, actor: string) => Json][] = [
    ["Friendica’s", (uri) => ({ object: uri })],
    [
      "Hubzilla’s, with an embedded event",
      (uri, actor) => ({
        "@context": [
          "https://www.w3.org/ns/activitystreams",
          "https://w3id.org/security/v1",
          "https://purl.archive.org/socialweb/webfinger",
          `${at.peer.origin}/apschema`,
        ],
        actor: at.peer.documents.get(new URL(actor).pathname),
        object: { type: "Event", id: uri, name: "Forged", startTime: "2031-01-01T00:00:00-00:00", attributedTo: actor },
      }),
    ],
    [
      "Hubzilla’s, with the invitation around it",
      (uri, actor) => ({
        actor: at.peer.documents.get(new URL(actor).pathname),
        object: { type: "Invite", id: `${uri}#invite`, actor: `${at.origin}/@ann`, object: { type: "Event", id: uri } },
      }),
    ],
  ];
  it.each(shapes)(
    "%s: yes, maybe, rather no and no hold as the latest says, each of them taken back by Undo",
    async (_, shape) => {
      const { id, uri } = await at.event();
      const actor = someone();
      const word = async (type: string) => {
        const activity = { ...at.peer.activity(actor, type, uri), ...shape(uri, actor) };
        expect((await at.peer.send(at.inbox, activity, { signer: actor })).status).toBe(202);
        return activity;
      };
      const holds = async () => [(await at.rows(id))[0]?.state, await at.seats(id)];
      await word("Accept");
      expect(await holds()).toEqual(["accepted", 1]);
      const maybe = await word("TentativeAccept");
      expect(await holds()).toEqual(["tentative", 0]);
      await word("TentativeReject");
      expect(await holds()).toEqual(["tentative", 0]);
      await say(actor, "Undo", maybe);
      expect((await holds())[0], "an older word is taken back, the newer one holds").toBe("tentative");
      const yes = await word("Accept");
      expect(await holds()).toEqual(["accepted", 1]);
      await word("Reject");
      expect(await holds()).toEqual(["left", 0]);
      await say(actor, "Undo", yes);
      expect(await holds()).toEqual(["left", 0]);
      for (const type of ["Accept", "TentativeAccept", "TentativeReject", "Reject"]) {
        const said = await word(type);
        await say(actor, "Undo", type === "Accept" ? said.id : said);
        expect(await holds(), type).toEqual(["left", 0]);
      }
      expect((await at.rows(id))[0]).toMatchObject({ source: "invite" });
      const [event] = await at.db.select().from(schema.events).where(eq(schema.events.id, id));
      expect(event!.name, "nothing embedded is believed").toBe("Repair café");
      await at.settle();
      expect(at.toldTo(actor), "they show it already, and wait for no answer").toEqual([]);
    },
  );

  it("also names the activity that brought the event", async () => {
    const { id, uri } = await at.event();
    const actor = someone();
    await tellEvent(at.db, id);
    const { activities } = schema;
    const [create] = await at.db
      .select()
      .from(activities)
      .where(and(eq(activities.objectId, id), eq(activities.type, "Create")));
    await say(actor, "Accept", `${at.origin}/activities/${create!.id}`);
    expect(await stateOf(id)).toEqual(["accepted"]);
    await say(actor, "Reject", { type: "Create", id: `${at.origin}/activities/${create!.id}`, object: { id: uri } });
    expect(await stateOf(id)).toEqual(["left"]);
  });

  it("is told by a note what stands in its way, and what becomes of it later", async () => {
    const full = await at.event({ maximumAttendeeCapacity: 1 });
    const asked = await at.event({ joinMode: "approval" });
    const [lucky, late, asks] = [someone(), someone(), someone()];
    await say(lucky, "Accept", full.uri);
    await say(late, "Accept", full.uri);
    await say(asks, "Accept", asked.uri);
    await at.settle();
    expect(at.notesTo(lucky)).toEqual([]);
    expect(at.notesTo(late)[0]!.content).toMatch(/You cannot take part in Repair café.*All places are taken/);
    expect(at.notesTo(asks)[0]!.content).toMatch(/is with the organisers/);
    await at.db
      .update(schema.participations)
      .set({ state: "rejected", decidedAt: new Date(Date.now() - 20_000) })
      .where(eq(schema.participations.eventId, asked.id));
    await at.settle();
    expect(at.notesTo(asks)[1]!.content).toMatch(/did not say yes/);
  });

  it("no holds a place in no list, and maybe is told of changes", async () => {
    const { id, uri } = await at.event();
    const actor = someone();
    await say(actor, "Reject", uri);
    expect(await stateOf(id)).toEqual(["left"]);
    await say(actor, "TentativeAccept", uri);
    await tellEvent(at.db, id);
    await cancelEvent(at.db, operator, id, "The roof leaks.");
    await tellEvent(at.db, id);
    await at.settle();
    expect(at.notesTo(actor).map(({ content }) => content)).toEqual([expect.stringMatching(/The roof leaks/)]);
  });
});

describe("what is sealed", () => {
  it("is a link that opens a participation: no table holds it as it is", async () => {
    const { uri } = await at.event({ joinMode: "approval" });
    const actor = someone();
    await say(actor, "Accept", uri);
    await at.settle();
    const [, token] = /participations\/([\w-]{43})/.exec(at.notesTo(actor)[0]!.content as string)!;
    const held = async (table: "activities" | "notes") => {
      const rows = await at.db.select().from(schema[table]);
      return JSON.stringify(rows).includes(token!);
    };
    expect([await held("activities"), await held("notes")]).toEqual([false, false]);
    await answerParticipations(at.db);
  });
});
