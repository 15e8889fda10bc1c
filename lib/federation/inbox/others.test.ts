import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { callOffEvent, tellChanges } from "#lib/notification/commands.ts";
import { joinAway } from "#lib/participation/away/commands.ts";
import { listMails } from "#lib/participation/testing.ts";
import { tellParticipation } from "../outbox/participation.ts";
import { lookUp } from "../remote/lookup.ts";
import type { Json } from "../testing/peer.ts";
import { publicly, type Stage, stage } from "../testing/stage.ts";

let at: Stage;
beforeAll(async () => {
  at = await stage();
});
afterAll(() => at.stop());

let count = 0;
const someone = (change: Json = {}) => at.peer.actor(`other${++count}`, change);
const send = async (actor: string, type: string, object: unknown, more: Json = {}) => {
  const activity = at.peer.activity(actor, type, object, more);
  return { activity, status: (await at.peer.send(at.inbox, activity, { signer: actor })).status };
};
const known = async (uri: string) => (await at.db.select().from(schema.actors).where(eq(schema.actors.uri, uri)))[0]!;
const { eventNotices, flags, participations } = schema;

describe("what is accepted and shown nowhere", () => {
  const litepub = ["https://www.w3.org/ns/activitystreams", "https://pleroma.example/schemas/litepub-0.1.jsonld"];
  const kinds: [string, string, Json][] = [
    ["Mastodon’s Like", "Like", {}],
    ["Akkoma’s EmojiReact", "EmojiReact", { "@context": litepub, content: "🎉" }],
    ["Misskey’s Like with a reaction", "Like", { _misskey_reaction: "🎉", content: "🎉" }],
    ["PieFed’s Dislike", "Dislike", {}],
    ["a share", "Announce", { to: [publicly] }],
    ["a View", "View", {}],
    ["what nobody has thought of", "Levitate", {}],
    ["the same by an address", "https://levitation.example/ns#Levitate", {}],
    [
      "Smithereen’s TentativeJoin",
      "TentativeJoin",
      {
        "@context": [
          "https://www.w3.org/ns/activitystreams",
          { sm: "http://smithereen.software/ns#", TentativeJoin: "sm:TentativeJoin" },
        ],
      },
    ],
    ["Mobilizon’s Add", "Add", { target: "https://mobilizon.example/@group/members" }],
    [
      "a context that nobody knows",
      "Like",
      { "@context": ["https://www.w3.org/ns/activitystreams", "https://x.example/c"] },
    ],
    ["a context alone that nobody knows", "Like", { "@context": "https://x.example/c" }],
    ["no context", "Like", { "@context": undefined }],
  ];
  it.each(kinds)("%s: 202, nothing stored, nobody asked", async (_, type, more) => {
    const { id, uri } = await at.event();
    const actor = someone();
    const before = at.peer.asked.length;
    const { status } = await send(actor, type, uri, more);
    expect(status).toBe(202);
    expect([await at.rows(id), await at.seats(id), at.toldTo(actor)]).toEqual([[], 0, []]);
    const strangers = at.peer.asked.slice(before).filter((one) => !one.includes(new URL(actor).pathname));
    expect(strangers).toEqual([]);
  });

  it("Questions, Notes to nobody here and Undos of what never was", async () => {
    const actor = someone();
    const question = {
      type: "Question",
      id: `${actor}/q/1`,
      attributedTo: actor,
      oneOf: [{ type: "Note", name: "yes" }],
    };
    for (const [type, object] of [
      ["Create", question],
      ["Create", { type: "Note", id: `${actor}/n/1`, attributedTo: actor, content: "<p>Hello</p>" }],
      ["Undo", { type: "Like", id: `${actor}/l/1`, object: at.origin }],
      ["Undo", `${actor}/never`],
      ["Accept", `${actor}/never`],
      ["Delete", `${actor}/never`],
      ["Update", { type: "Note", id: `${actor}/n/2`, attributedTo: actor }],
    ] as const)
      expect((await send(actor, type, object, { to: [publicly] })).status, type).toBe(202);
  });
});

describe("what Fedify cannot read as it came", () => {
  it.each<[string, Json]>([
    ["no context", { "@context": undefined }],
    [
      "a key that is none, in what is embedded",
      { object: { publicKey: { publicKeyPem: "-----BEGIN PUBLIC KEY-----\nx\n" } } },
    ],
    ["a date that is none", { object: { published: "last Tuesday" } }],
    ["an address that is none", { object: { icon: { type: "Image", url: "http://[" } } }],
  ])("%s: acts by its ids, truly signed, and not otherwise", async (_, change) => {
    const actor = someone();
    const document = at.peer.documents.get(new URL(actor).pathname) as Json;
    await lookUp(at.db, actor);
    const update = {
      ...at.peer.activity(actor, "Update", null),
      ...change,
      object: { ...document, name: "New", ...(change.object as Json) },
    };
    const stranger = someone();
    expect((await at.peer.send(at.inbox, update, { signer: stranger })).status).toBe(401);
    expect((await known(actor)).name).not.toBe("New");
    expect((await at.peer.send(at.inbox, update, { signer: actor })).status).toBe(202);
    expect((await known(actor)).name).toBe("New");
  });
});

describe("a Flag", () => {
  it("waits for the host, a row for each thing that it names, as plain text, and once", async () => {
    const { id, uri } = await at.event();
    const relay = someone({ type: "Application" });
    // Mobilizon: the actor, then what they did.
    const comment = newId();
    const createdAt = new Date();
    await at.db.insert(schema.comments).values({
      ...{ id: comment, threadId: comment, threadAt: createdAt, createdAt },
      ...{ eventId: id, actorId: at.ann.actor.id, content: "Buy this" },
    });
    const { activity } = await send(relay, "Flag", [`${at.origin}/@ann`, `${at.origin}/comments/${comment}`, uri], {
      content: "<p>Spam <b>again</b></p>",
    });
    await at.peer.send(at.inbox, activity);
    const rows = await at.db.select().from(flags);
    const common = { actorId: at.ann.actor.id, content: "Spam again", state: "open", reporterHost: at.peer.host };
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...common, eventId: id, commentId: null, reporterId: (await known(relay)).id }),
        expect.objectContaining({ ...common, eventId: id, commentId: comment, uri: activity.id }),
      ]),
    );
  });

  it("of a person alone is one row; of nothing known here, none", async () => {
    await at.db.delete(flags);
    const relay = someone();
    await send(relay, "Flag", `${at.origin}/@ann`, { content: "x".repeat(9_000) });
    await send(relay, "Flag", `${at.other.origin}/events/1`);
    const rows = await at.db.select().from(flags);
    expect(rows).toMatchObject([{ actorId: at.ann.actor.id, eventId: null }]);
    expect(rows[0]!.content.length).toBeLessThanOrEqual(5_000);
  });
});

describe("another server’s answer to our Join", () => {
  it("is told by the mails that an event of ours sends: once each, by the event’s own server alone", async () => {
    const actor = someone();
    const uri = `${at.peer.origin}/events/asked`;
    const event = {
      ...{ type: "Event", id: uri, name: "Concert", attributedTo: actor, to: [publicly], joinMode: "restricted" },
      ...{ startTime: "2030-06-01T20:00:00+02:00", timezone: "Europe/Paris" },
    };
    at.peer.documents.set("/events/asked", event);
    await lookUp(at.db, uri);
    const [mirror] = await at.db.select().from(schema.events).where(eq(schema.events.uri, uri));
    await joinAway(at.db, at.ann.viewer, mirror!.id, { actorId: at.ann.actor.id, language: "en", timezone: "UTC" });
    const [row] = await at.rows(mirror!.id);
    await tellParticipation(at.db, row!.id);
    const stranger = at.other.actor(`answers${count}`);
    await at.other.send(at.inbox, at.other.activity(stranger, "Accept", row!.uri));
    expect(await listMails(at.db, mirror!.id)).toEqual(["participation-requested"]);
    await send(actor, "Accept", row!.uri);
    await send(actor, "Accept", row!.uri);
    await send(actor, "Reject", row!.uri);
    await send(actor, "Reject", row!.uri);
    expect(await listMails(at.db, mirror!.id)).toEqual([
      "participation-requested",
      "participation-approved",
      "participation-rejected",
    ]);
    expect((await at.rows(mirror!.id))[0]!.state).toBe("rejected");
  });

  it("is followed by what becomes of the event: moved, called off, removed, each told once", async () => {
    const actor = someone();
    const uri = `${at.peer.origin}/events/moves`;
    const document = (change: Json = {}) => ({
      ...{ type: "Event", id: uri, name: "Concert", attributedTo: actor, to: [publicly] },
      ...{ startTime: "2030-06-01T20:00:00+02:00", timezone: "Europe/Paris", ...change },
    });
    at.peer.documents.set("/events/moves", document());
    await lookUp(at.db, uri);
    const [mirror] = await at.db.select().from(schema.events).where(eq(schema.events.uri, uri));
    await joinAway(at.db, at.ann.viewer, mirror!.id, { actorId: at.ann.actor.id, language: "en", timezone: "UTC" });
    const [row] = await at.rows(mirror!.id);
    await tellParticipation(at.db, row!.id);
    await send(actor, "Accept", row!.uri);
    const change = async (more: Json) => {
      at.peer.documents.set("/events/moves", document(more));
      await send(actor, "Update", document(more));
    };
    await change({ name: "Concert!" });
    expect(await at.db.$count(eventNotices, eq(eventNotices.eventId, mirror!.id))).toBe(0);
    await change({ startTime: "2030-06-02T20:00:00+02:00" });
    const [notice] = await at.db.select().from(eventNotices).where(eq(eventNotices.eventId, mirror!.id));
    await tellChanges(at.db, notice!.id);
    await change({ startTime: "2030-06-02T20:00:00+02:00", "ical:status": "CANCELLED" });
    await callOffEvent(at.db, mirror!.id, "event-cancelled");
    await send(actor, "Delete", uri);
    await callOffEvent(at.db, mirror!.id, "event-deleted");
    expect(await listMails(at.db, mirror!.id)).toEqual(["participation-receipt", "event-changed", "event-cancelled"]);
    expect(await at.db.execute(sql`select id from pgboss.job where name = 'event-note'`)).toEqual([]);
  });
});

describe("WordPress’s Ignore of our Join", () => {
  it("leads to the event’s own page; a stranger’s changes nothing", async () => {
    const actor = someone();
    const uri = `${at.peer.origin}/events/wp`;
    const event = {
      ...{ type: "Event", id: uri, url: `${uri}/page`, name: "Concert", attributedTo: actor, to: [publicly] },
      ...{ startTime: "2030-06-01T20:00:00+02:00", timezone: "Europe/Paris" },
    };
    at.peer.documents.set("/events/wp", event);
    await lookUp(at.db, uri);
    const [mirror] = await at.db.select().from(schema.events).where(eq(schema.events.uri, uri));
    await joinAway(at.db, at.ann.viewer, mirror!.id, { actorId: at.ann.actor.id, language: "en", timezone: "UTC" });
    const [row] = await at.rows(mirror!.id);
    await tellParticipation(at.db, row!.id);
    const stranger = at.other.actor(`wp${count}`);
    await at.other.send(at.inbox, at.other.activity(stranger, "Ignore", row!.uri));
    expect((await at.rows(mirror!.id))[0]!.state).toBe("pending");
    await send(actor, "Ignore", row!.uri);
    const [changed] = await at.db.select().from(schema.events).where(eq(schema.events.uri, uri));
    expect(changed).toMatchObject({ joinMode: "external", externalParticipationUrl: `${uri}/page` });
    expect(await at.db.$count(participations, eq(participations.state, "left"))).toBe(1);
  });
});
