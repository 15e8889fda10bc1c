import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { deleteEvent, updateEvent } from "#lib/event/commands.ts";
import { tellChanges } from "#lib/notification/commands.ts";
import { cancelParticipation, confirmParticipation } from "#lib/participation/commands.ts";
import { listMessages } from "#lib/participation/message/queries.ts";
import { operator } from "#lib/policy/viewer.ts";
import { tellEvent } from "../outbox/event.ts";
import { tellChange } from "../outbox/note.ts";
import { type Json, read } from "../testing/peer.ts";
import { publicly, type Stage, stage } from "../testing/stage.ts";

let at: Stage;
let ann: string;
beforeAll(async () => {
  at = await stage();
  ann = `${at.origin}/@ann`;
});
afterAll(() => at.stop());

let count = 0;
const someone = () => at.peer.actor(`asker${++count}`);
const send = async (actor: string, type: string, object: unknown, more: Json = {}) => {
  const activity = at.peer.activity(actor, type, object, more);
  expect((await at.peer.send(at.inbox, activity)).status).toBe(202);
  return activity;
};
const mention = `<span class="h-card"><a href="#" class="u-url mention">@<span>ann</span></a></span>`;
/** As Mastodon writes to one person. */
const write = async (actor: string, inReplyTo: string | null, text: string, change: Json = {}) => {
  const id = `${actor}/statuses/${++count}`;
  const note = {
    ...{ type: "Note", id, attributedTo: actor, to: [ann], cc: [], inReplyTo, sensitive: false },
    ...{ content: `<p>${mention} ${text}</p>`, tag: [{ type: "Mention", href: ann, name: "@ann" }], ...change },
  };
  await send(actor, "Create", note, { to: note.to, cc: note.cc });
  await at.settle();
  return note;
};
/** As Mastodon, Misskey and snac vote. */
const vote = async (actor: string, question: Json, name: string) => {
  const note = {
    ...{ type: "Note", id: `${actor}#votes/${++count}`, attributedTo: actor, name },
    ...{ inReplyTo: question.id, to: [question.attributedTo] },
  };
  await send(actor, "Create", note, { to: note.to });
  await at.settle();
  return note;
};
const questionsTo = (actor: string) =>
  at
    .toldTo(actor)
    .map(({ object }) => object as Json)
    .filter(({ type }) => type === "Question");
const state = async (id: string) => (await at.rows(id))[0]?.state;
const said = (actor: string) => at.notesTo(actor).map(({ content }) => content as string);

describe("an event that is followed", () => {
  it("is somebody: found by its handle, with keys and an inbox; gone when the event is gone", async () => {
    const { id, uri } = await at.event({ name: "Choir" });
    const host = new URL(at.origin).host;
    const handle = `event_${id.slice(-12)}`;
    for (const resource of [`acct:${handle}@${host}`, `${uri}/actor`]) {
      const answer = await fetch(`${at.origin}/.well-known/webfinger?resource=${encodeURIComponent(resource)}`);
      const jrd = (await answer.json()) as { subject: string; links: Json[] };
      expect(jrd.subject).toBe(`acct:${handle}@${host}`);
      expect(jrd.links.find(({ rel }) => rel === "self")!.href).toBe(`${uri}/actor`);
    }
    const { json } = await read(`${uri}/actor`);
    expect(json).toMatchObject({
      ...{ id: `${uri}/actor`, type: "Service", preferredUsername: handle, name: "Choir", url: uri },
      publicKey: { owner: `${uri}/actor` },
      assertionMethod: [{ controller: `${uri}/actor` }],
    });
    for (const part of ["inbox", "outbox", "followers"]) expect(json[part]).toBe(`${at.origin}/@${handle}/${part}`);
    expect((await read(json.followers as string)).json.totalItems).toBe(0);
    await deleteEvent(at.db, operator, id);
    expect((await read(`${uri}/actor`)).status).toBe(410);
    const draft = await at.event({ state: "draft" });
    expect((await read(`${draft.uri}/actor`)).status).toBe(404);
    const gone = await fetch(`${at.origin}/.well-known/webfinger?resource=acct:event_000000000000@${host}`);
    expect(gone.status).toBe(404);
  });

  it("accepts, then asks by a poll to that person alone: the Follow takes no seat, a vote does, and is answered", async () => {
    const { id, uri } = await at.event();
    const actor = someone();
    const follow = await send(actor, "Follow", `${uri}/actor`);
    await at.settle();
    expect(await at.seats(id)).toBe(0);
    const [accept, create] = at.toldTo(actor);
    expect(accept).toMatchObject({ type: "Accept", actor: `${uri}/actor`, object: { id: follow.id, type: "Follow" } });
    expect(create).toMatchObject({ type: "Create", actor: `${uri}/actor`, to: [actor] });
    const [question] = questionsTo(actor);
    expect(question).toMatchObject({
      ...{ attributedTo: `${uri}/actor`, to: [actor], cc: [], endTime: "2030-12-05T19:00:00+01:00" },
      oneOf: ["Yes", "Maybe", "No"].map((name) => ({ type: "Note", name, replies: { totalItems: 0 } })),
      tag: [{ type: "Mention", href: actor }],
    });
    expect(JSON.stringify(question)).not.toContain(publicly);
    const voted = await vote(actor, question!, "Yes");
    expect([await state(id), await at.seats(id)]).toEqual(["accepted", 1]);
    expect(await at.rows(id)).toMatchObject([{ source: "follow", uri: voted.id }]);
    const [note] = at.notesTo(actor);
    expect(note).toMatchObject({ attributedTo: `${uri}/actor`, inReplyTo: question!.id, to: [actor] });
    expect(note!.content).toMatch(/You are coming to Repair café.*\/participations\/[\w-]{43}/);
    await send(actor, "Follow", `${uri}/actor`);
    await send(actor, "Undo", follow);
    await at.settle();
    expect([questionsTo(actor).length, await at.seats(id)], "it asks once; the Undo ends notices alone").toEqual([
      1, 1,
    ]);
  });

  it("tells its followers of a new date, until they follow no more", async () => {
    const { id, uri } = await at.event();
    const actor = someone();
    const follow = await send(actor, "Follow", `${uri}/actor`);
    await tellEvent(at.db, id);
    const { eventNotices } = schema;
    const move = async (day: string) => {
      await updateEvent(at.db, operator, id, { startWall: `${day}T19:00:00`, endWall: `${day}T22:00:00` });
      const [notice] = await at.db
        .select()
        .from(eventNotices)
        .where(and(eq(eventNotices.eventId, id)));
      await tellChanges(at.db, notice!.id);
      await tellChange(at.db, notice!.id);
      await at.settle();
      await at.db.delete(eventNotices);
    };
    const told = () =>
      at.peer
        .received("Create")
        .filter(({ actor: by, object }) => by === `${uri}/actor` && (object as Json).type === "Note");
    await move("2030-12-06");
    expect(told()).toMatchObject([{ cc: [expect.stringMatching(/\/@event_\w+\/followers$/)] }]);
    await send(actor, "Undo", follow);
    await move("2030-12-07");
    expect(told()).toHaveLength(1);
  });
});

describe("a poll", () => {
  it("is sent to who replies rsvp, again to who asks again, and to nobody unasked", async () => {
    const { id, uri } = await at.event({ language: "fr", maximumAttendeeCapacity: 1 });
    const actor = someone();
    const note = await write(actor, uri, "RSVP !");
    const [question] = questionsTo(actor);
    expect(question).toMatchObject({ attributedTo: ann, inReplyTo: note.id });
    expect((question!.oneOf as Json[]).map(({ name }) => name)).toEqual(["Oui", "Peut-être", "Non"]);
    await write(actor, uri, "rsvp");
    expect(questionsTo(actor).map(({ id }) => id)).toEqual([question!.id, question!.id]);
    await vote(actor, question!, "Peut-être");
    expect([await state(id), await at.seats(id)]).toEqual(["tentative", 0]);
    await vote(actor, question!, "Oui");
    await vote(actor, question!, "Oui");
    expect([await state(id), await at.seats(id)]).toEqual(["accepted", 1]);
    await vote(actor, question!, "Non");
    expect([await state(id), await at.seats(id)]).toEqual(["left", 0]);
    expect(said(actor).join("\n")).toMatch(/Vous viendrez peut-être.*\n.*Vous venez.*\n.*\n?.*Vous ne venez pas/);
    expect(await at.rows(id)).toMatchObject([{ source: "poll" }]);
  });

  it("counts the votes of who was asked alone, and only for what was offered; none is a comment", async () => {
    const { id, uri } = await at.event();
    const [actor, stranger] = [someone(), someone()];
    await write(actor, uri, "rsvp");
    const [question] = questionsTo(actor);
    await vote(stranger, question!, "Yes");
    await vote(actor, question!, "Perhaps");
    await vote(actor, question!, "yes");
    expect(await at.rows(id)).toEqual([]);
    await vote(actor, question!, "No");
    expect([await state(id), await at.db.$count(schema.comments), (await listMessages(at.db, id)).length]).toEqual([
      "left",
      0,
      0,
    ]);
  });

  it("of an event that is full says so, and of one that is over is not sent", async () => {
    const full = await at.event({ maximumAttendeeCapacity: 1 });
    const [first, second] = [someone(), someone()];
    await write(first, full.uri, "yes");
    await write(second, full.uri, "rsvp");
    await vote(second, questionsTo(second)[0]!, "Yes");
    expect(said(second)).toEqual([expect.stringMatching(/You cannot take part.*All places are taken/)]);
    const over = await at.event({ startWall: "2020-01-01T19:00:00", endWall: "2020-01-01T22:00:00" });
    const late = someone();
    await write(late, over.uri, "rsvp");
    expect([questionsTo(late), said(late)]).toEqual([[], [expect.stringMatching(/This event is over/)]]);
  });
});

describe("a direct reply", () => {
  it("of one agreed word is an answer: said back, with a link by which it is seen, changed and cancelled", async () => {
    const { id, uri } = await at.event();
    const actor = someone();
    const note = await write(actor, uri, "Yes!");
    expect([await state(id), await at.seats(id)]).toEqual(["accepted", 1]);
    expect(await at.rows(id)).toMatchObject([{ source: "reply", email: null }]);
    const [answer] = at.notesTo(actor);
    expect(answer).toMatchObject({ inReplyTo: note.id, attributedTo: ann });
    const [, token] = /\/participations\/([\w-]{43})/.exec(answer!.content as string)!;
    await cancelParticipation(at.db, token!);
    expect([await state(id), await at.seats(id)]).toEqual(["left", 0]);
    await confirmParticipation(at.db, token!);
    expect(await at.seats(id)).toBe(1);
    await at.settle();
    await write(actor, answer!.id as string, "peut-être");
    expect([await state(id), await at.seats(id)]).toEqual(["tentative", 0]);
    await confirmParticipation(at.db, token!);
    expect(await state(id)).toBe("accepted");
    await write(actor, uri, "-1");
    expect(await state(id)).toBe("left");
  });

  it("that is longer is a message to the organisers, kept as text, changed and taken back by its author", async () => {
    const { id, uri } = await at.event();
    const actor = someone();
    const note = await write(actor, uri, "Is there a <b>ramp</b>?<script>x</script>");
    const texts = async () => (await listMessages(at.db, id)).map(({ content }) => content);
    expect(await texts()).toEqual(["Is there a ramp?"]);
    expect(said(actor)).toEqual([expect.stringMatching(/is with its organisers/)]);
    await write(actor, note.id, "And parking?");
    expect(await texts()).toEqual(["And parking?", "Is there a ramp?"]);
    expect(said(actor), "told once").toHaveLength(1);
    await send(actor, "Update", { ...note, content: "<p>Is there a lift?</p>" });
    expect(await texts()).toEqual(["And parking?", "Is there a lift?"]);
    const stranger = someone();
    await send(stranger, "Update", { ...note, content: "<p>Forged</p>" });
    await send(stranger, "Delete", note.id);
    expect((await texts()).length).toBe(2);
    await send(actor, "Delete", { type: "Tombstone", id: note.id });
    expect(await texts()).toEqual(["And parking?"]);
    expect([await at.rows(id), await at.db.$count(schema.comments)]).toEqual([[], 0]);
  });

  it("to nothing of ours, or written for everybody or for followers, is neither", async () => {
    const { id, uri } = await at.event();
    const actor = someone();
    await write(actor, null, "yes");
    await write(actor, `${at.peer.origin}/notes/1`, "yes");
    await write(actor, uri, "yes", { to: [ann, `${actor}/followers`] });
    await write(actor, uri, "yes", { to: [publicly], cc: [ann] });
    expect([await at.rows(id), await listMessages(at.db, id)]).toEqual([[], []]);
  });
});

describe("seats under mixed doors", () => {
  it("are given once each: twenty at once for five, by Join, Accept, vote and word", async () => {
    const { id, uri } = await at.event({ maximumAttendeeCapacity: 5 });
    const askers = Array.from({ length: 5 }, someone);
    for (const actor of askers) await send(actor, "Follow", `${uri}/actor`);
    await at.settle();
    const ways = [
      ...askers.map((actor) => {
        const [question] = questionsTo(actor);
        const note = { type: "Note", id: `${actor}#v`, attributedTo: actor, name: "Yes", inReplyTo: question!.id };
        return at.peer.activity(actor, "Create", { ...note, to: [`${uri}/actor`] }, { to: [`${uri}/actor`] });
      }),
      ...Array.from({ length: 15 }, (_, index) => {
        const actor = someone();
        if (index % 3 === 0) return at.peer.activity(actor, "Join", uri);
        if (index % 3 === 1) return at.peer.activity(actor, "Accept", uri);
        const note = { type: "Note", id: `${actor}/s`, attributedTo: actor, inReplyTo: uri, content: "<p>oui</p>" };
        return at.peer.activity(actor, "Create", { ...note, to: [ann] }, { to: [ann] });
      }),
    ];
    const answers = await Promise.all(ways.map((activity) => at.peer.send(at.inbox, activity)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect([await at.seats(id), (await at.rows(id)).filter(({ state }) => state === "accepted").length]).toEqual([
      5, 5,
    ]);
    await at.settle();
    const refused = ways.filter(({ actor }) =>
      at
        .toldTo(actor as string)
        .some(({ type, object }) => type === "Reject" || /All places/.test(String((object as Json).content))),
    );
    expect(refused.length, "nobody is left without an answer").toBe(15);
  });
});
