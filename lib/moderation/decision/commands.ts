import { and, eq, inArray, isNotNull, isNull, notExists, or, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { decideComment } from "#lib/discussion/comment/commands.ts";
import { deleteMessage } from "#lib/discussion/message/commands.ts";
import { enqueue, enqueueMails } from "#lib/jobs/enqueue.ts";
import { domainsOf, isAtLeast, judgementLock, type Standing, strictest } from "#lib/policy/domain.ts";
import { canModerate } from "#lib/policy/moderation.ts";
import { operator, type Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { type Action, recordAct } from "../log/commands.ts";

const { actors, comments, events, flags, memberships, peers, posts } = schema;

/** What can be done about a report. The last of a pair takes the first one back; what is erased is gone. */
export const decisions = ["dismiss", "resolve", "hide", "show", "erase", "suspend", "restore", "forward"] as const;
export type Decision = (typeof decisions)[number];

type Case = typeof flags.$inferSelect;

/**
 * Decides about what a report names, with a note for those who moderate: close it, hide the event, comment or post, delete
 * the message, suspend whoever made it, or tell their own server. What is closed stays readable.
 * @throws Refusal not-found, also for who may not; already-decided; choice-invalid for what does not fit the report.
 */
export async function decideFlag(
  db: Database,
  viewer: Viewer,
  { id, decision, note }: { id: string; decision: Decision; note: string },
): Promise<void> {
  if (!canModerate(viewer)) throw new Refusal("not-found");
  await transact(db, async (tx) => {
    const [flag] = await tx.select().from(flags).where(eq(flags.id, id)).for("update");
    if (!flag) throw new Refusal("not-found");
    const subject = await effects[decision](tx, flag);
    if (isFelt(decision)) await tellOwners(tx, flag, decision);
    await recordAct(tx, viewer, { action: decision satisfies Action, subject, note, flagId: id });
  });
}

const felt = ["hide", "show", "erase", "suspend", "restore"] as const;
const isFelt = (decision: Decision): decision is (typeof felt)[number] => felt.some((one) => one === decision);

/**
 * Whoever it was done to is told by mail, if they are of this server: a person, or those who administer the group. By
 * primary key and `memberships_leaders`.
 */
async function tellOwners(tx: Transaction, flag: Case, decision: (typeof felt)[number]): Promise<void> {
  if (!flag.actorId) return;
  const leaders = tx
    .select({ id: memberships.memberId })
    .from(memberships)
    .where(
      and(
        eq(memberships.groupId, flag.actorId),
        eq(memberships.state, "member"),
        eq(memberships.role, "administrator"),
      ),
    );
  const owners = await tx
    .selectDistinct({ accountId: actors.accountId })
    .from(actors)
    .where(and(or(eq(actors.id, flag.actorId), inArray(actors.id, leaders)), isNotNull(actors.accountId)));
  const data = { flagId: flag.id, decision };
  await enqueueMails(
    tx,
    owners.map(({ accountId }) => ({ message: "moderation-notice" as const, accountId: accountId!, data })),
  );
}

/** Each returns what it was done to, by the name that it has now. */
const effects: Record<Decision, (tx: Transaction, flag: Case) => Promise<string>> = {
  dismiss: (tx, flag) => close(tx, flag, "dismissed"),
  resolve: (tx, flag) => close(tx, flag, "resolved"),
  hide: (tx, flag) => judgeThing(tx, flag, true),
  show: (tx, flag) => judgeThing(tx, flag, false),
  erase: eraseMessage,
  suspend: (tx, flag) => suspendActor(tx, flag, true),
  restore: (tx, flag) => suspendActor(tx, flag, false),
  forward: async (tx, flag) => {
    const person = await personOf(tx, flag);
    if (person.host === null) throw new Refusal("choice-invalid");
    await enqueue(tx, "flag-out", { flagId: flag.id });
    return person.host;
  },
};

/** Closes a report, and with it those that say the same of the same thing. By `flags_actor`. */
async function close(tx: Transaction, flag: Case, state: "dismissed" | "resolved"): Promise<string> {
  if (flag.state !== "open") throw new Refusal("already-decided");
  await tx.execute(sql`
    update flags set state = ${state}, closed_at = now() where state = 'open'
      and (id = ${flag.id} or (actor_id is not distinct from ${flag.actorId} and event_id is not distinct from ${flag.eventId}
        and comment_id is not distinct from ${flag.commentId} and post_id is not distinct from ${flag.postId}
        and message_id is not distinct from ${flag.messageId}))`);
  return nameOf(tx, flag);
}

function judgeThing(tx: Transaction, flag: Case, hidden: boolean): Promise<string> {
  if (flag.commentId) return judgeComment(tx, flag, hidden ? "hidden" : "published");
  return flag.postId ? hidePost(tx, flag.postId, hidden) : hideEvent(tx, flag, hidden);
}

async function hidePost(tx: Transaction, postId: string, hidden: boolean): Promise<string> {
  const [row] = await tx
    .update(posts)
    .set({ hiddenAt: hidden ? sql`now()` : null, hiddenWith: null, updatedAt: sql`now()` })
    .where(eq(posts.id, postId))
    .returning({ name: posts.name });
  if (!row) throw new Refusal("not-found");
  await enqueue(tx, "post-out", { postId });
  return row.name;
}

async function hideEvent(tx: Transaction, { eventId }: Case, hidden: boolean): Promise<string> {
  if (!eventId) throw new Refusal("choice-invalid");
  const [row] = await tx
    .update(events)
    .set({ hiddenAt: hidden ? sql`now()` : null, hiddenWith: null, ...changed })
    .where(eq(events.id, eventId))
    .returning({ name: events.name });
  if (!row) throw new Refusal("not-found");
  await enqueue(tx, "event-out", { eventId });
  return row.name;
}

/** A mirror's `updated` is its origin's word; that lists changed is said by `fetchedAt`. */
const changed = {
  updatedAt: sql`case when ${events.uri} is null then now() else ${events.updatedAt} end`,
  fetchedAt: sql`case when ${events.uri} is null then null else now() end`,
};

async function judgeComment(tx: Transaction, flag: Case, state: "hidden" | "published"): Promise<string> {
  const here = eq(comments.id, flag.commentId!);
  const [row] = await tx.select({ content: comments.content }).from(comments).where(here);
  if (!row) throw new Refusal("not-found");
  await decideComment(tx, operator, flag.commentId!, state);
  // What is said for some alone stands in no log.
  return flag.quote === null ? row.content.slice(0, 300) : nameOf(tx, flag);
}

/** As a moderator of the group would, whose log says so; a group of another server decides there. */
async function eraseMessage(tx: Transaction, flag: Case): Promise<string> {
  if (!flag.messageId) throw new Refusal("choice-invalid");
  await deleteMessage(tx, operator, flag.messageId);
  return nameOf(tx, flag);
}

async function personOf(tx: Transaction, { actorId }: Case) {
  const [row] = actorId ? await tx.select().from(actors).where(eq(actors.id, actorId)) : [];
  if (!row || row.deletedAt) throw new Refusal("choice-invalid");
  return row;
}

/**
 * Somebody suspended is not shown, takes nothing in and sends nothing; their events, and the posts of a group, go with them,
 * and come back with them, as far as the standing of their server lets them.
 */
async function suspendActor(tx: Transaction, flag: Case, suspended: boolean): Promise<string> {
  const person = await personOf(tx, flag);
  const standing = await standingOf(tx, person.host);
  const withServer = !suspended && standing === "suspended";
  const since = suspended || withServer ? sql`coalesce(${actors.suspendedAt}, now())` : null;
  await tx.update(actors).set({ suspendedAt: since, suspendedWithServer: withServer }).where(eq(actors.id, person.id));
  const stillHidden = isAtLeast(standing, "silenced");
  const theirs = or(eq(events.organizerId, person.id), eq(events.authorId, person.id));
  const other = sql`(select 1 from actors o where o.id in (events.organizer_id, events.author_id) and o.suspended_at is not null)`;
  const rows = suspended
    ? await tx
        .update(events)
        .set({ hiddenAt: sql`now()`, hiddenWith: "suspended", ...changed })
        .where(
          and(theirs, eq(events.state, "published"), or(isNull(events.hiddenAt), eq(events.hiddenWith, "silenced"))),
        )
        .returning({ id: events.id })
    : await tx
        .update(events)
        .set({ ...(stillHidden ? { hiddenWith: standing } : { hiddenAt: null, hiddenWith: null }), ...changed })
        .where(and(theirs, eq(events.hiddenWith, "suspended"), withServer ? undefined : notExists(other)))
        .returning({ id: events.id });
  for (const { id } of rows) await enqueue(tx, "event-out", { eventId: id });
  await hidePosts(tx, person, suspended || withServer, stillHidden);
  return `@${person.handle}${person.host ? `@${person.host}` : ""}`;
}

/** The posts of a group; and those that somebody of another server wrote for one of ours. By `posts_list`, `posts_actor`. */
async function hidePosts(
  tx: Transaction,
  { id, type, host }: typeof actors.$inferSelect,
  hidden: boolean,
  silenced: boolean,
): Promise<void> {
  const theirs = type === "Group" ? eq(posts.groupId, id) : and(eq(posts.actorId, id), isNotNull(posts.uri));
  const shown = silenced && type === "Group" ? { hiddenWith: "silenced" } : { hiddenAt: null, hiddenWith: null };
  const change = hidden ? { hiddenAt: sql`now()`, hiddenWith: "suspended" } : shown;
  const which = hidden
    ? and(eq(posts.state, "published"), or(isNull(posts.hiddenAt), eq(posts.hiddenWith, "silenced")))
    : eq(posts.hiddenWith, "suspended");
  const rows = await tx
    .update(posts)
    // When another server's own was changed is its word.
    .set(type === "Group" && host !== null ? change : { ...change, updatedAt: sql`now()` })
    .where(and(theirs, which))
    .returning({ id: posts.id });
  for (const row of rows) await enqueue(tx, "post-out", { postId: row.id });
}

/** What holds for a server, and for as long as the transaction runs. By primary key. */
async function standingOf(tx: Transaction, host: string | null): Promise<Standing> {
  if (host === null) return "open";
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${judgementLock})`);
  const rows = await tx
    .select()
    .from(peers)
    .where(inArray(peers.host, domainsOf(host)));
  return strictest(rows.map(({ standing }) => standing));
}

async function nameOf(tx: Transaction, flag: Case): Promise<string> {
  const [event] = flag.eventId
    ? await tx.select({ name: events.name }).from(events).where(eq(events.id, flag.eventId))
    : [];
  if (event) return event.name;
  const [post] = flag.postId ? await tx.select({ name: posts.name }).from(posts).where(eq(posts.id, flag.postId)) : [];
  if (post) return post.name;
  const [person] = flag.actorId ? await tx.select().from(actors).where(eq(actors.id, flag.actorId)) : [];
  return person ? `@${person.handle}${person.host ? `@${person.host}` : ""}` : flag.id;
}
