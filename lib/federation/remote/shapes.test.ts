import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { follow } from "#lib/actor/follow/commands.ts";
import type { Json } from "../testing/peer.ts";
import { publicly, type Stage, stage } from "../testing/stage.ts";
import { readActor } from "./actor.ts";
import { lookUp } from "./lookup.ts";

let at: Stage;
beforeAll(async () => {
  at = await stage();
});
afterAll(() => at.stop());

const streams = "https://www.w3.org/ns/activitystreams";
const { actors, events, places } = schema;
let count = 0;

/** Somebody whom Ann follows. */
async function followed(change: Json = {}) {
  const uri = at.peer.actor(`maker${++count}`, change);
  await lookUp(at.db, uri);
  const [row] = await at.db.select().from(actors).where(eq(actors.uri, uri));
  await follow(at.db, at.ann.viewer, at.ann.actor.id, row!.id);
  return uri;
}
async function kept(uri: string) {
  const [row] = await at.db
    .select({ event: events, organizer: actors.uri, place: places.name, town: places.addressLocality })
    .from(events)
    .innerJoin(actors, eq(actors.id, events.organizerId))
    .leftJoin(places, eq(places.id, events.placeId))
    .where(eq(events.uri, uri));
  return (
    row && {
      ...{ title: row.event.name, start: row.event.startTime.toISOString(), zone: row.event.timezone },
      ...{ place: row.place, town: row.town, organizer: row.organizer, link: row.event.url, allDay: row.event.allDay },
    }
  );
}

type Shape = (maker: string, id: string) => Json;
const sent = (maker: string, id: string, object: Json, more: Json = {}): Json => ({
  ...{
    "@context": streams,
    id: `${id}#create`,
    type: "Create",
    actor: maker,
    to: [publicly],
    cc: [`${maker}/followers`],
  },
  ...more,
  object: { id, type: "Event", attributedTo: maker, to: [publicly], cc: [`${maker}/followers`], ...object },
});

describe("an event of another server, as it tells of it", () => {
  const eight = "2030-06-01T18:00:00.000Z";
  const shapes: [string, Shape, Json][] = [
    [
      "Mobilizon",
      (maker, id) =>
        sent(
          maker,
          id,
          {
            ...{ actor: maker, name: "Fest", url: id, uuid: "1", timezone: "Europe/Paris", tag: [], draft: false },
            ...{ startTime: "2030-06-01T20:00:00+02:00", endTime: "2030-06-01T23:00:00+02:00", joinMode: "free" },
            location: {
              ...{ type: "Place", id: `${at.peer.origin}/address/1`, name: "Salle" },
              address: { type: "PostalAddress", addressLocality: "Lyon", streetAddress: "1 rue X" },
            },
          },
          {
            "@context": [
              streams,
              "https://litepub.social/litepub/context.jsonld",
              "https://w3id.org/security/v1",
              {
                ...{ "@language": "und", sc: "http://schema.org#", mz: "https://joinmobilizon.org/ns#" },
                ...{ Place: "sc:Place", location: { "@id": "sc:location", "@type": "sc:Place" } },
                ...{ address: { "@id": "sc:address", "@type": "sc:PostalAddress" }, timezone: "mz:timezone" },
              },
            ],
          },
        ),
      { start: eight, zone: "Europe/Paris", place: "Salle", town: "Lyon" },
    ],
    [
      "Gancio, also without a context",
      (maker, id) =>
        sent(
          maker,
          id,
          {
            ...{ name: "Fest", url: `${id}/page`, startTime: "2030-06-01T20:00:00+02:00", summary: "📍 Colosseo" },
            ...{
              location: { name: "Colosseo", address: "Piazza" },
              tag: [{ type: "Hashtag", name: "#x", href: "/t/x" }],
            },
          },
          { "@context": undefined },
        ),
      { start: eight, zone: "UTC", place: "Colosseo" },
    ],
    [
      "the WordPress bridge",
      (maker, id) =>
        sent(
          maker,
          id,
          {
            ...{ name: "Fest", url: `${id}/page`, startTime: "2030-06-01T20:00:00+02:00", timezone: "Europe/Paris" },
            ...{
              joinMode: "external",
              externalParticipationUrl: `${id}/page`,
              summary: "<p>Come</p>",
              isOnline: false,
            },
            location: [
              { type: "Place", name: "Le Bal", address: { type: "PostalAddress", addressLocality: "Nantes" } },
            ],
          },
          { "@context": ["https://schema.org/", streams, { pt: "https://joinpeertube.org/ns#" }] },
        ),
      { start: eight, zone: "Europe/Paris", place: "Le Bal", town: "Nantes" },
    ],
    [
      "Friendica",
      (maker, id) =>
        sent(maker, id, {
          ...{
            name: "Fest",
            url: `${id}/page`,
            startTime: "2030-06-01T18:00:00Z",
            location: { type: "Place", name: "Kantine" },
          },
        }),
      { start: eight, zone: "UTC", place: "Kantine" },
    ],
    [
      "Hubzilla, by an Invite with its actor inside",
      (maker, id) =>
        sent(
          maker,
          id,
          {
            ...{ name: "Fest", url: `${id}/page`, startTime: "2030-06-01T20:00:00-00:00", timezone: "Europe/Berlin" },
            ...{
              attributedTo: at.peer.documents.get(new URL(maker).pathname),
              location: { type: "Place", content: "Saal" },
            },
          },
          {
            ...{
              type: "Invite",
              actor: at.peer.documents.get(new URL(maker).pathname),
              to: [`${at.origin}/@ann`],
              cc: [],
            },
            "@context": [streams, "https://w3id.org/security/v1", `${at.peer.origin}/apschema`],
          },
        ),
      { start: eight, zone: "Europe/Berlin", place: "Saal" },
    ],
    [
      "Gathio, whose event is who tells of it, to one person",
      (maker, id) =>
        sent(
          maker,
          id,
          {
            name: "Fest",
            url: `${id}/page`,
            startTime: "2030-06-01T18:00:00.000Z",
            location: "Garden",
            to: [`${at.origin}/@ann`],
            cc: [],
          },
          { to: [`${at.origin}/@ann`], cc: [] },
        ),
      { start: eight, zone: "UTC", place: "Garden" },
    ],
    [
      "PieFed, by the community that announces it",
      (maker, id) => {
        const { object } = sent(maker, id, {
          ...{ name: "Fest", url: `${id}/page`, startTime: "2030-06-01T18:00:00+00:00", timezone: "Europe/London" },
          ...{
            audience: maker,
            onlineLink: null,
            isOnline: false,
            buyTicketsLink: null,
            feeCurrency: null,
            feeAmount: 0,
          },
          ...{ location: { type: "Place", name: "Hall" }, participantCount: 3, joinMode: "free" },
        });
        at.peer.documents.set(new URL(id).pathname, { "@context": streams, ...(object as Json) });
        const create = { type: "Create", id: `${id}#create`, actor: maker, object };
        return {
          "@context": streams,
          id: `${id}#announce`,
          type: "Announce",
          actor: maker,
          to: [publicly],
          object: create,
        };
      },
      { start: eight, zone: "Europe/London", place: "Hall" },
    ],
    [
      "who writes by FEP-8a8e",
      (maker, id) =>
        sent(
          maker,
          id,
          {
            ...{ attributedTo: undefined, organizers: { type: "Collection", items: [maker] }, url: `${id}/page` },
            ...{
              name: undefined,
              nameMap: { de: "Fest" },
              startTime: "2030-06-01T20:00+0200",
              displayEndTime: "false",
            },
            ...{ endTime: "2030-06-01T22:00+0200", timezone: "Europe/Vienna", eventStatus: "EventScheduled" },
            location: [
              { type: "VirtualLocation", url: "https://talk.example/x" },
              { type: "Place", name: "Haus" },
            ],
          },
          { "@context": [streams, "https://w3id.org/fep/8a8e"] },
        ),
      { start: eight, zone: "Europe/Vienna", place: "Haus" },
    ],
    [
      "who writes a date alone",
      (maker, id) =>
        sent(maker, id, { name: "Fest", url: `${id}/page`, startTime: "2030-06-01", timezone: "Europe/Paris" }),
      { start: "2030-05-31T22:00:00.000Z", zone: "Europe/Paris", allDay: true },
    ],
  ];
  it.each(shapes)("%s", async (_, shape, expected) => {
    const maker = await followed();
    const id = `${at.peer.origin}/shapes/${++count}`;
    expect((await at.peer.send(at.inbox, shape(maker, id), { signer: maker })).status).toBe(202);
    const read = await kept(id);
    expect(read).toMatchObject({ title: "Fest", organizer: maker, ...expected });
    expect([id, `${id}/page`]).toContain(read!.link);
  });

  it("Smithereen, whose event is a group: found by its address, newer words taken, gone with it", async () => {
    const attached = (startTime: string) => [{ type: "Event", startTime, location: { type: "Place", name: "Park" } }];
    const group = at.peer.actor(`park${++count}`, {
      ...{ type: "Group", name: "Picnic", summary: "<p>Bring food</p>", url: `${at.peer.origin}/picnic` },
      attachment: attached("2030-06-01T18:00:00Z"),
    });
    expect(await lookUp(at.db, group)).toMatch(/^\/events\//);
    const what = { title: "Picnic", place: "Park", organizer: group, link: `${at.peer.origin}/picnic` };
    expect(await kept(group)).toMatchObject({ ...what, start: eight });
    const document = at.peer.documents.get(new URL(group).pathname) as Json;
    const moved = { ...document, attachment: attached("2030-06-02T18:00:00Z") };
    await at.peer.send(at.inbox, at.peer.activity(group, "Update", moved));
    expect(await kept(group)).toMatchObject({ ...what, start: "2030-06-02T18:00:00.000Z" });
    await at.peer.send(at.inbox, at.peer.activity(group, "Delete", group));
    const [row] = await at.db.select().from(events).where(eq(events.uri, group));
    expect(row!.state).toBe("deleted");
  });
});

it("somebody whose inbox no index holds is nobody: what is said to all others could not be written beside it", () => {
  const id = "https://x.example/users/ada";
  const document = { id, type: "Person", preferredUsername: "ada", inbox: `${id}/inbox` };
  const long = `${id}/${"\u6d41".repeat(1_000)}`;
  expect(readActor({ ...document, endpoints: { sharedInbox: long } })).toMatchObject({ uri: id, sharedInbox: null });
  for (const name of ["id", "inbox"]) expect(readActor({ ...document, [name]: long }), name).toBeNull();
});
