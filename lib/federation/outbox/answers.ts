import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import { type Database, type Db, schema } from "#db/client.ts";
import { contentId } from "#lib/ids.ts";
import { eventDate } from "#lib/locale/dates.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import { endOpenRequests } from "#lib/participation/remote/commands.ts";
import { countBefore } from "#lib/participation/waiting-list/queries.ts";
import { keeperOf, openToParticipant } from "#lib/policy/event.ts";
import type { Obstacle } from "#lib/policy/participation.ts";
import { linkToken } from "#lib/secrets.ts";
import { eventHandle, eventPath, participationPath } from "#lib/urls.ts";
import { type ActorRow, localActor } from "../actors.ts";
import { actorUri, eventUri, pollUri } from "../addresses.ts";
import { tellDirectly } from "./direct.ts";
import { repeat, say } from "./say.ts";

const { actors, events, participations, polls } = schema;
type Row = typeof participations.$inferSelect;
type EventRow = typeof events.$inferSelect;

/** Seconds in which an organiser takes a decision back: what is said to other servers cannot be. */
const patience = sql`interval '12 seconds'`;

/**
 * Tells everybody who takes part from another server what became of it, whichever way it was decided: whose state is
 * another than their server was last told. Who had their data deleted is forgotten with that. By `participations_unanswered`.
 */
export async function answerParticipations(db: Database): Promise<void> {
  await endOpenRequests(db);
  const open = await db
    .select({ row: participations, event: events, person: actors, open: openToParticipant() })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .innerJoin(actors, eq(actors.id, participations.actorId))
    .where(
      and(
        isNotNull(participations.uri),
        isNotNull(actors.host),
        sql`${participations.answered} is distinct from ${participations.state}`,
        sql`(${participations.decidedAt} is null or ${participations.decidedAt} <= now() - ${patience})`,
      ),
    )
    .orderBy(asc(participations.updatedAt))
    .limit(1_000);
  for (const { open: theirs, ...asked } of open) {
    const { row, event, person } = asked;
    const [host] = await db
      .select()
      .from(actors)
      .where(eq(actors.id, keeperOf(event)));
    // To whom it is for no more nothing is said that has its words.
    const says = theirs || isJoined(row);
    if (host && person.inbox && event.state !== "deleted" && says) await answer(db, { ...asked, host });
    const forgotten = row.erasedAt ? { uri: null, actorId: null } : {};
    await db
      .update(participations)
      .set({ answered: row.state, ...forgotten })
      .where(and(eq(participations.id, row.id), eq(participations.state, row.state)));
  }
}

type Asked = { row: Row; event: EventRow; person: ActorRow; host: ActorRow };

/** Whether it is answered by Accept or Reject. */
const isJoined = ({ source, state }: Row): boolean => source === "join" && state !== "waitlisted";

/** A Join is answered by Accept or Reject with itself inside, and by a note while it waits; other words by a note. */
async function answer(db: Database, asked: Asked): Promise<void> {
  const { row, event, person, host } = asked;
  const fact = `answer ${row.id} ${row.state} ${row.updatedAt.getTime()} ${contentId(row.uri)}`;
  if (!isJoined(row)) return explain(db, asked, fact);
  // A place that is given back on our own page is theirs no more there either.
  const type = { accepted: "Accept", rejected: "Reject", left: "Reject" }[row.state];
  if (!type) return;
  const object = { type: "Join", id: row.uri, actor: actorUri(person), object: eventUri(event) };
  const body = { object, to: [actorUri(person)] };
  const said = { actor: host, type, objectId: row.id, fact, body, inboxes: [person.inbox!] };
  if (!(await say(db, said))) await repeat(db, said.fact);
}

const sentenceOf = {
  accepted: "federation.rsvpAccepted",
  pending: "federation.rsvpPending",
  tentative: "federation.rsvpTentative",
  left: "federation.rsvpLeft",
} as const;

async function explain(db: Database, { row, event, person, host }: Asked, fact: string): Promise<void> {
  const locale = asLocale(event.language);
  const t = translator(locale);
  const what = { name: event.name, when: eventDate(locale, event) };
  const place = row.state === "waitlisted" ? 1 + (await countBefore(db, row)) : 0;
  const sentence =
    row.state === "waitlisted"
      ? t("federation.rsvpWaitlisted", { ...what, place })
      : row.state === "rejected"
        ? t(row.decidedAt ? "federation.rsvpRejected" : "federation.rsvpEnded", what)
        : t(sentenceOf[row.state as keyof typeof sentenceOf], what);
  const speaker = await speakerOf(db, { event, person, host, source: row.source, uri: row.uri! });
  await tellDirectly(db, {
    ...{ ...speaker, event, recipient: person, sentences: [sentence], fact },
    link: { path: participationPath(linkToken("participation", row.id, row.tokenGeneration)), theirs: true },
  });
}

type Addressed = { event: EventRow; person: ActorRow; host: ActorRow; source: string; uri: string };

/**
 * Who answers somebody, and what: the event itself where it is followed, else its host; the poll that they voted in, or the
 * note that they wrote. So it stays one conversation, which their server does not take for a stranger's.
 */
export async function speakerOf(
  db: Db,
  { event, person, host, source, uri }: Addressed,
): Promise<{ actor: ActorRow; inReplyTo: string | null }> {
  if (source === "reply") return { actor: host, inReplyTo: uri };
  if (source !== "poll" && source !== "follow") return { actor: host, inReplyTo: null };
  const [poll] = await db
    .select({ id: polls.id })
    .from(polls)
    .where(and(eq(polls.eventId, event.id), eq(polls.actorId, person.id)));
  const actor = source === "follow" ? await localActor(db, eventHandle(event.id)) : host;
  return { actor: actor ?? host, inReplyTo: poll ? pollUri(poll.id) : null };
}

/** Says that what somebody wrote is with the organisers: once, to who writes for the first time. */
export async function passedOn(db: Db, { event, host, person }: Omit<Asked, "row">, uri: string): Promise<void> {
  const t = translator(asLocale(event.language));
  await tellDirectly(db, {
    ...{ actor: host, event, recipient: person, inReplyTo: uri, fact: `passed on ${event.id} ${person.id}` },
    sentences: [t("federation.messagePassedOn", { name: event.name })],
    link: { path: eventPath(event.id), theirs: false },
  });
}

/** Says to somebody elsewhere why their word on an event cannot be taken: they have no place, and no page of their own. */
export async function explainObstacle(
  db: Db,
  { event, host, person }: Omit<Asked, "row">,
  obstacle: Obstacle,
  { fact, inReplyTo = null }: { fact: string; inReplyTo?: string | null },
): Promise<void> {
  const locale = asLocale(event.language);
  const t = translator(locale);
  const what = t("federation.rsvpNot", { name: event.name, when: eventDate(locale, event) });
  await tellDirectly(db, {
    ...{ actor: host, event, recipient: person, fact, inReplyTo },
    sentences: [`${what} ${t(`refusals.${obstacle}`)}`],
    link: { path: eventPath(event.id), theirs: false },
  });
}
