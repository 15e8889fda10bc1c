import { eq, inArray, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { listIdentities } from "#lib/account/identity/queries.ts";
import { getAccount } from "#lib/account/queries.ts";
import { listSessions } from "#lib/account/session/queries.ts";
import { listActorsOf } from "#lib/actor/queries.ts";
import { listOwnComments } from "#lib/discussion/comment/queries.ts";
import { listOwnMessages } from "#lib/discussion/message/queries.ts";
import { listReading } from "#lib/discussion/reading/queries.ts";
import { listOwnDiscussions } from "#lib/discussion/thread/queries.ts";
import { listOwnEvents } from "#lib/event/mine/queries.ts";
import { listHelp } from "#lib/event/staff/queries.ts";
import { toVCalendar } from "#lib/formats/icalendar.ts";
import type { ZipEntry } from "#lib/formats/zip.ts";
import { listMemberships } from "#lib/group/membership/queries.ts";
import { readStored } from "#lib/media/storage.ts";
import { attendedEntries, organisedEntries } from "#lib/participation/mine/calendar.ts";
import { listOwnParticipations } from "#lib/participation/mine/queries.ts";
import { isTakenDown } from "#lib/policy/event.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { listOwnPosts } from "#lib/post/queries.ts";
import { Refusal } from "#lib/refusal.ts";
import { listOwnResources } from "#lib/resource/queries.ts";
import { absolute, actorPath, eventPath, postPath } from "#lib/urls.ts";
import { getMatrix } from "../choice/queries.ts";

const { answers, questions } = schema;

/** Nobody comes to as much as that. */
const mostAttended = 10_000;

const json = (name: string, value: unknown): ZipEntry => ({ name, content: `${JSON.stringify(value, null, 2)}\n` });

/**
 * All that this server keeps about an account, as files: JSON, and calendars of what it organises and attends. Hashes
 * that open nothing, and other people, are not among it.
 * @throws Refusal not-found
 */
export async function exportAccount(db: Db, { accountId }: AccountViewer): Promise<ZipEntry[]> {
  const found = await getAccount(db, accountId);
  if (!found) throw new Refusal("not-found");
  const { calendarToken, hasPassword, defaultActorId, ...account } = found;
  const profiles = await listActorsOf(db, accountId);
  const own = await listOwnEvents(db, accountId);
  const attended = await listOwnParticipations(db, found, mostAttended);
  const ids = attended.map(({ id }) => id);
  const given = await db
    .select({ id: answers.participationId, question: questions.label, answer: answers.value })
    .from(answers)
    .innerJoin(questions, eq(questions.id, answers.questionId))
    .where(inArray(answers.participationId, ids));
  const participations = attended.map(({ id, state, guests, name, message, createdAt, event, token, open }) => ({
    ...{ id, state, guests, name, message, createdAt },
    page: token ? absolute(`/participations/${token}`) : null,
    // Of what is not open to them any more: that it is there.
    event: open
      ? { id: event.id, name: event.name, startTime: event.startTime, timezone: event.timezone }
      : { id: event.id },
    // What they said is theirs, what they were asked is the event's.
    answers: given
      .filter((one) => one.id === id)
      .map(({ question, answer }) => (open && !isTakenDown(event) ? { question, answer } : { answer })),
  }));
  return [
    json("account.json", { ...account, hasPassword, calendarOpen: calendarToken !== null }),
    json(
      "profiles.json",
      profiles.map(({ accountId: _, ...profile }) => ({
        ...profile,
        page: absolute(actorPath(profile.handle)),
        chosen: profile.id === defaultActorId,
      })),
    ),
    json("sessions.json", await listSessions(db, accountId)),
    json("identities.json", await listIdentities(db, accountId)),
    json(
      "events.json",
      own.map(({ event: { search: _, listed, ...event }, place, organizer }) => ({
        ...event,
        page: absolute(eventPath(event.id)),
        organizer: `@${organizer.handle}`,
        place,
      })),
    ),
    { name: "events.ics", content: toVCalendar(organisedEntries(own)) },
    json("notifications.json", await getMatrix(db, accountId)),
    json("help.json", await listHelp(db, accountId)),
    json("groups.json", await listMemberships(db, accountId)),
    json("discussions.json", {
      opened: await listOwnDiscussions(db, accountId),
      messages: await listOwnMessages(db, accountId),
      reading: await listReading(db, accountId),
    }),
    json(
      "posts.json",
      (await listOwnPosts(db, accountId)).map(({ listed, ...post }) => ({
        ...post,
        page: absolute(postPath(post.id)),
      })),
    ),
    json("resources.json", await listOwnResources(db, accountId)),
    json("participations.json", participations),
    json("comments.json", await listOwnComments(db, accountId)),
    { name: "participations.ics", content: toVCalendar(attendedEntries(attended)) },
  ];
}

/**
 * The pictures of an account's profiles and events, and of what it said among members, one after the other, by the ids that
 * the other files call them by. By `actors_account`, `events_organizer`, `discussion_messages_actor` and the primary key.
 */
export async function* exportPictures(db: Db, { accountId }: AccountViewer): AsyncGenerator<ZipEntry> {
  const rows = await db.execute<{ id: string; path: string }>(sql`
    with own as (select id, icon_id, image_id from actors where account_id = ${accountId}),
    made as (select cover_id, pictures from events where organizer_id in (select id from own) or author_id in (select id from own))
    select id, path from media where path is not null and id in (
      select icon_id from own union select image_id from own
      union select cover_id from made union select unnest(pictures) from made
      union select unnest(pictures) from discussion_messages where actor_id in (select id from own)) order by id limit 10000`);
  for (const { id, path } of rows) {
    const content = await readStored(path);
    if (content) yield { name: `pictures/${id}.${path.split(".").at(-1)}`, content };
  }
}
