import { type SQL, sql } from "drizzle-orm";
import { PgBoss } from "pg-boss";
import type { Database } from "#db/client.ts";
import { publishDue } from "#lib/event/publication/commands.ts";
import { readForwarded } from "#lib/federation/inbox/linked.ts";
import { tellActor } from "#lib/federation/outbox/actor.ts";
import { answerParticipations } from "#lib/federation/outbox/answers.ts";
import { tellAsk } from "#lib/federation/outbox/ask.ts";
import { tellComment } from "#lib/federation/outbox/comment.ts";
import { deliverTo, wakeDeliveries } from "#lib/federation/outbox/delivery.ts";
import { tellDiscussion, tellMessage } from "#lib/federation/outbox/discussion.ts";
import { tellEvent } from "#lib/federation/outbox/event.ts";
import { tellFlag } from "#lib/federation/outbox/flag.ts";
import { tellFollow, tellFollowAnswer } from "#lib/federation/outbox/follow.ts";
import { tellMembership } from "#lib/federation/outbox/membership.ts";
import { tellAnnouncement, tellChange } from "#lib/federation/outbox/note.ts";
import { tellParticipation } from "#lib/federation/outbox/participation.ts";
import { tellPost } from "#lib/federation/outbox/post.ts";
import { purgeActivities } from "#lib/federation/outbox/purge.ts";
import { tellResource } from "#lib/federation/outbox/resource.ts";
import { standingOf } from "#lib/federation/peers/queries.ts";
import { readGroup } from "#lib/federation/remote/group.ts";
import { readOutbox } from "#lib/federation/remote/outbox.ts";
import { fetchPictures } from "#lib/federation/remote/pictures.ts";
import { refreshMirror } from "#lib/federation/remote/refresh.ts";
import { readRoster } from "#lib/federation/remote/roster.ts";
import { leadOver } from "#lib/group/moving/commands.ts";
import { log, reason } from "#lib/log.ts";
import { deliverMail } from "#lib/mail/deliver.ts";
import { fetchPicture } from "#lib/media/remote/commands.ts";
import { mailAnnouncement } from "#lib/notification/announcement/commands.ts";
import { callOffEvent, tellChanges } from "#lib/notification/commands.ts";
import { concludeDeparture } from "#lib/notification/departure/commands.ts";
import { tellDiscussions } from "#lib/notification/discussion/commands.ts";
import { concludeGroup } from "#lib/notification/group/commands.ts";
import { tellNews } from "#lib/notification/news/commands.ts";
import { purge } from "#lib/notification/purge.ts";
import { remindAll } from "#lib/notification/reminder/commands.ts";
import { returnPlaces } from "#lib/participation/parting/commands.ts";
import { moveQueues } from "#lib/participation/waiting-list/commands.ts";
import { readPreview } from "#lib/resource/preview/commands.ts";
import { type JobKind, type Jobs, jobKinds } from "./kinds.ts";

type Handlers = { [K in JobKind]: (db: Database, payload: Jobs[K]) => Promise<unknown> };

const handlers: Handlers = {
  mail: (db, { mailId }) => deliverMail(db, mailId),
  "event-changed": (db, { noticeId }) => tellChanges(db, noticeId),
  "event-called-off": (db, { eventId, message }) => callOffEvent(db, eventId, message),
  announcement: (db, { announcementId }) => mailAnnouncement(db, announcementId),
  "event-publication": (db, { eventId }) => publishDue(db, eventId),
  "account-left": (db, { accountId }) => concludeDeparture(db, accountId),
  "group-closed": (db, { groupId }) => concludeGroup(db, groupId),
  "circle-left": (db, left) => returnPlaces(db, left),
  "group-moved": (db, { groupId }) => leadOver(db, groupId),
  "waiting-list": (db) => moveQueues(db),
  reminders: (db) => remindAll(db),
  news: (db) => Promise.all([tellNews(db), tellDiscussions(db)]),
  "event-out": (db, { eventId }) => tellEvent(db, eventId),
  "event-note": (db, { noticeId }) => tellChange(db, noticeId),
  "announcement-out": (db, { announcementId }) => tellAnnouncement(db, announcementId),
  "actor-out": (db, { actorId }) => tellActor(db, actorId),
  "follow-out": (db, { followId }) => tellFollow(db, followId),
  "follow-answer": (db, { followId }) => tellFollowAnswer(db, followId),
  "membership-out": (db, { membershipId, again }) => tellMembership(db, membershipId, again),
  roster: readRoster,
  "ask-out": (db, { askId }) => tellAsk(db, askId),
  "participation-out": (db, { participationId, again }) => tellParticipation(db, participationId, again),
  "comment-out": (db, { commentId }) => tellComment(db, commentId),
  "discussion-out": (db, { discussionId }) => tellDiscussion(db, discussionId),
  "message-out": (db, { messageId }) => tellMessage(db, messageId),
  "post-out": (db, { postId, actorId }) => tellPost(db, postId, actorId),
  "read-outbox": (db, { actorId }) => readOutbox(db, actorId),
  "read-group": (db, { membershipId, tries }) => readGroup(db, membershipId, tries),
  "flag-out": (db, { flagId }) => tellFlag(db, flagId),
  mirror: (db, { eventId }) => refreshMirror(db, eventId),
  "passed-on": (db, { uri }) => readForwarded(db, uri),
  picture: (db, { mediaId }) => fetchPicture(db, mediaId, async (host) => (await standingOf(db, host)) === "open"),
  "resource-out": (db, { resourceId }) => tellResource(db, resourceId),
  "actor-pictures": (db, { actorId }) => fetchPictures(db, actorId),
  "resource-preview": (db, { resourceId }) => readPreview(db, resourceId),
  "participation-answers": (db) => answerParticipations(db),
  delivery: (db, { host }) => deliverTo(db, host),
  deliveries: (db) => wakeDeliveries(db),
  purge: (db) => Promise.all([purge(db), purgeActivities(db)]),
};

/** How many of a kind one process runs at a time. */
const concurrency: Partial<Record<JobKind, number>> = { mail: 4, delivery: 16, "passed-on": 4, "read-group": 4 };
/** How many of these are kept for what is urgent: servers in trouble never take all places. */
const reserved: Partial<Record<JobKind, number>> = { delivery: 8 };
/**
 * Kinds of which a process runs one at a time of those that `enqueue` was told to be `among` the same. The process counts: by
 * rows alone, two that look at the same moment both take one.
 */
const oneAmong: JobKind[] = ["passed-on", "read-group"];

/**
 * Runs jobs until `stop`, which lets what runs finish for 15 s and gives the rest back. A job whose worker was killed is
 * missed by its heartbeat (20 s) and runs again within 60 s. `others` stand in for handlers, in tests.
 */
export async function startWorker(
  url: string,
  db: Database,
  others: Partial<Handlers> = {},
): Promise<{ stop: () => Promise<void> }> {
  const boss = new PgBoss({
    connectionString: url,
    max: 4,
    application_name: "parvis-worker",
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    useListenNotify: true,
  });
  boss.on("error", (error) => log("jobs").error("The queue reports a fault", { error }));
  await boss.start();
  const slots = new Map<string, string[]>();
  for (const kind of Object.keys(jobKinds) as JobKind[])
    slots.set(kind, await work(boss, db, kind, { ...handlers, ...others }[kind]));
  const clock = watchDue(db, (kind) => {
    for (const slot of slots.get(kind) ?? []) boss.notifyWorker(slot);
  });
  const stop = () => {
    clearInterval(clock);
    return boss.stop({ graceful: true, timeout: 15_000 });
  };
  return { stop };
}

/** Milliseconds between two looks for what has become due. */
const beat = 2_000;

/**
 * Tells of each kind with jobs that are due, once a beat: a notification only tells of what was enqueued just now. One query
 * for all kinds, in place of one for each slot, is most of what a server does that nobody visits. Index: pg-boss's own job_i14
 * (name, state, blocked, start_after).
 */
function watchDue(db: Database, tell: (kind: string) => void): NodeJS.Timeout {
  const kinds = sql`${sql.param(Object.keys(jobKinds))}::text[]`;
  let beats = 0;
  const look = async () => {
    if (beats++ % 5 === 0) await hastenMissed(db, kinds);
    const due = await db.execute<{ kind: string }>(sql`
      select kind from unnest(${kinds}) as kind where exists (
        select from pgboss.job
        where name = kind and state in ('created', 'retry') and not blocked and start_after <= now())`);
    for (const { kind } of due) tell(kind);
  };
  // Without its database the queue itself reports that, and looks again when it is back.
  return setInterval(() => void look().catch(() => {}), beat);
}

/**
 * Has run at once what lost its worker: the queue counts that as a failure of the job, which after a few others waits for hours.
 * It stays counted, so that a job that ends its workers is given up. Index: job_i14 (name, state).
 */
const hastenMissed = (db: Database, kinds: SQL) =>
  db.execute(sql`
    update pgboss.job set start_after = now()
    where name = any(${kinds}) and state = 'retry' and start_after > now()
      and output -> 'value' ->> 'message' = 'job heartbeat timeout'`);

/** @returns its slots, by the names that the queue gave them. */
async function work<K extends JobKind>(boss: PgBoss, db: Database, kind: K, handle: Handlers[K]): Promise<string[]> {
  const options = {
    pollingIntervalSeconds: 2,
    // Only in case that what `watchDue` tells is lost.
    notifyPollingIntervalSeconds: 60,
    includeMetadata: true as const,
    ...(oneAmong.includes(kind) ? { localGroupConcurrency: 1 } : {}),
  };
  const slots: string[] = [];
  for (let slot = 0; slot < (concurrency[kind] ?? 1); slot++) {
    const own = slot < (reserved[kind] ?? 0) ? { ...options, minPriority: 0 } : options;
    const worker: string = await boss.work<Jobs[K], void, typeof options>(kind, own, async ([job]) => {
      if (!job) return;
      // One notification may stand for a thousand jobs: look for the next at once, not at the next poll.
      boss.notifyWorker(worker);
      try {
        await handle(db, job.data);
      } catch (error) {
        const last = job.retryCount >= job.retryLimit;
        log("jobs").error(last ? "A job was given up" : "A job failed and will run again", {
          kind,
          job: job.id,
          tries: job.retryCount + 1,
          error,
        });
        // What is thrown is kept with the job, for a month if it is given up.
        throw new Error(reason(error));
      }
    });
    slots.push(worker);
  }
  return slots;
}
