import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, expect } from "vitest";
import { schema } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { createEvent } from "#lib/event/commands.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { operator } from "#lib/policy/viewer.ts";
import { answerParticipations } from "../outbox/answers.ts";
import { deliverTo } from "../outbox/delivery.ts";
import { resolveActor } from "../remote/actor.ts";
import { type Json, Peer } from "./peer.ts";
import { serveFederation } from "./server.ts";

export const publicly = "https://www.w3.org/ns/activitystreams#Public";

export type Stage = Awaited<ReturnType<typeof stage>>;

/** This server with one organiser, Ann, and two others, all over real HTTP. */
export async function stage() {
  const [peer, other] = [await new Peer().start(), await new Peer().start()];
  const served = await serveFederation(() => [peer.host, other.host]);
  const { db } = served.base;
  const ann = await person(db, "ann");
  const inbox = `${served.origin}/inbox`;
  const { events, participations } = schema;

  /** An event of Ann's, published; its id and its address. */
  const event = async (change: object = {}) => {
    const input = {
      ...{ name: "Repair café", state: "published", startWall: "2030-12-05T19:00:00", endWall: "2030-12-05T22:00:00" },
      ...{ timezone: "Europe/Paris", language: "en", maximumAttendeeCapacity: 2, ...change },
    };
    const id = await createEvent(db, operator, ann.actor.id, input as never);
    return { id, uri: `${served.origin}/events/${id}` };
  };
  const seats = async (id: string) => (await db.select().from(events).where(eq(events.id, id)))[0]!.seatsTaken;
  const rows = (id: string) => db.select().from(participations).where(eq(participations.eventId, id));
  /** Says what is to be said, and brings it. */
  const settle = async () => {
    await answerParticipations(db);
    await deliverTo(db, peer.host);
  };
  /** What somebody was told since `from`: activities addressed to them. */
  const toldTo = (actor: string, from = 0): Json[] =>
    peer.inbox
      .slice(from)
      .map(({ activity }) => activity)
      .filter(({ to }) => (to as string[] | undefined)?.includes(actor));
  /** The direct Notes that somebody got. */
  const notesTo = (actor: string): Json[] =>
    toldTo(actor)
      .map(({ object }) => object as Json)
      .filter((object) => object?.type === "Note");
  /** The server of somebody elsewhere. */
  const peerOf = (uri: string) => (uri.startsWith(peer.origin) ? peer : other);
  /** Brings both what they have still to get. */
  const deliver = () => Promise.all([peer, other].map(({ host }) => deliverTo(db, host)));
  /** Begins anew: nothing waits, nothing was received, nobody used an allowance. */
  const clear = async () => {
    await deliver();
    for (const one of [peer, other]) one.inbox.length = 0;
    await db.execute(sql`delete from limits`);
  };
  /** What somebody elsewhere says to members, with a proof of theirs. */
  const says = (author: string, type: string, object: unknown): Json => {
    const context = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/data-integrity/v1"];
    const said = peerOf(author).activity(author, type, object, { "@context": context, to: ["somebody"] });
    return peerOf(author).prove(said, author);
  };
  /** Sends it to us, signed by `by`. */
  const send = async (activity: Json, by = activity.actor as string) =>
    expect((await peerOf(by).send(inbox, activity, { signer: by })).status).toBeLessThan(500);
  /** Somebody elsewhere, as we know them. */
  const actorOf = async (uri: string) => (await resolveActor(db, uri))!;
  const stop = async () => {
    await served.stop();
    await Promise.all([peer.stop(), other.stop()]);
  };
  const { origin } = served;
  return {
    ...{ peer, other, served, origin, db, ann, inbox, event, seats, rows, settle, toldTo, notesTo, stop },
    ...{ peerOf, deliver, clear, says, send, actorOf },
  };
}

/**
 * A stage for a file of tests, begun anew before each and ended with the last: Mia is of one of the two other servers (`peer`), Noa
 * of the other.
 */
export async function stageOfTwo() {
  const at = await stage();
  beforeEach(() => at.clear());
  afterAll(() => at.stop());
  const [mia, noa] = [at.peer.actor("mia"), at.other.actor("noa")];
  /** A group of ours in which Ann decides, and to which both belong. */
  const atelier = async () => {
    const id = await makeGroup(at.db, { handle: "atelier" });
    await enrol(at.db, id, { memberId: at.ann.actor.id, role: "moderator" });
    for (const uri of [mia, noa]) await enrol(at.db, id, { memberId: (await at.actorOf(uri)).id });
    return { id, uri: `${at.origin}/@atelier` };
  };
  /** A group of Mia's server, to which Ann belongs. */
  const clubAway = async () => {
    const uri = at.peer.actor("club", { type: "Group", openness: "open" });
    const { id } = await at.actorOf(uri);
    await enrol(at.db, id, { memberId: at.ann.actor.id });
    return { uri, id };
  };
  /** That group passes something on. */
  const pass = (object: unknown) => {
    const club = at.peer.uri("club");
    return at.send(at.peer.activity(club, "Announce", object, { to: [`${club}/members`] }));
  };
  return { at, mia, noa, atelier, clubAway, pass };
}
