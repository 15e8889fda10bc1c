import { sql } from "drizzle-orm";
import { fromDrizzle, PgBoss } from "pg-boss";
import { type Database, schema, type Transaction } from "#db/client.ts";
import type { MailData } from "#db/schema/mail.ts";
import { newId } from "#lib/ids.ts";
import type { JobKind, Jobs, MailMessage } from "./kinds.ts";

const slot = Symbol.for("parvis.sender");
const held = globalThis as { [slot]?: PgBoss };

/** Makes `enqueue` work in this process. Rows are written through the caller's transaction, never through `db`. */
export async function startSender(db: Database): Promise<void> {
  held[slot] ??= await new PgBoss({
    db: fromDrizzle(db, sql),
    supervise: false,
    schedule: false,
    migrate: false,
    registerInstance: false,
    queueCacheIntervalSeconds: 3600,
  }).start();
}

/** Ends what `startSender` began, if it did; from then on `enqueue` throws. */
export async function stopSender(): Promise<void> {
  await held[slot]?.stop({ graceful: false });
  delete held[slot];
}

function sender(): PgBoss {
  if (!held[slot]) throw new Error("No job sender in this process: call startSender first.");
  return held[slot];
}

/**
 * Records a job in the transaction that makes the fact: rolled back, there is no job; committed, it runs at least once.
 * `at` is when it becomes due. `once` names what it serves, for the kinds of `onceEach`. `among`: of those with the same
 * name a process runs one at a time, for the kinds of which it runs several.
 */
export async function enqueue<K extends JobKind>(
  tx: Transaction,
  kind: K,
  payload: Jobs[K],
  { at, once, among }: { at?: Date; once?: string; among?: string } = {},
): Promise<void> {
  // Due now means due in this transaction's time: a moment later, and the worker would hear of it before it may start.
  const later = at && at.getTime() > Date.now() + 500;
  await sender().send(kind, payload, {
    db: fromDrizzle(tx, sql),
    ...(later ? { startAfter: at } : {}),
    ...(once ? { singletonKey: once } : {}),
    ...(among ? { group: { id: among } } : {}),
  });
}

/** When what another server was asked is asked once more: it may have lost what it took, and many never try again. */
export const askedAgainAt = (first = new Date()): Date => new Date(first.getTime() + 24 * 3600_000);

/**
 * Records one job for each of many, with one statement whatever their number. `urgent` ones run before the others, and
 * have places that the others do not take.
 */
export async function enqueueEach<K extends JobKind>(
  tx: Transaction,
  kind: K,
  orders: { payload: Jobs[K]; once: string; urgent: boolean }[],
): Promise<void> {
  if (orders.length === 0) return;
  const jobs = orders.map(({ payload, once, urgent }) => ({
    data: payload,
    singletonKey: once,
    priority: urgent ? 0 : -1,
  }));
  await sender().insert(kind, jobs, { db: fromDrizzle(tx, sql) });
}

/** Who a mail is for, and which one. `dedupe`: the fact it tells; a second mail of the same fact is not written. */
export type MailOrder = {
  message: MailMessage;
  participationId?: string;
  accountId?: string;
  signUpId?: string;
  staffId?: string;
  membershipId?: string;
  data?: MailData;
  dedupe?: string;
  at?: Date;
};

/** Records a mail in the transaction of its fact. Returns its id, or null when that fact was told already. */
export async function enqueueMail(tx: Transaction, { at, ...order }: MailOrder): Promise<string | null> {
  const [id = null] = await writeMails(tx, [order]);
  if (id) await enqueue(tx, "mail", { mailId: id }, { at });
  return id;
}

/** Records many mails that are due now, with two statements whatever their number. Returns how many were not told yet. */
export async function enqueueMails(tx: Transaction, orders: Omit<MailOrder, "at">[]): Promise<number> {
  const ids = await writeMails(tx, orders);
  const jobs = ids.map((mailId) => ({ data: { mailId } satisfies Jobs["mail"] }));
  if (jobs.length > 0) await sender().insert("mail", jobs, { db: fromDrizzle(tx, sql) });
  return ids.length;
}

async function writeMails(tx: Transaction, orders: Omit<MailOrder, "at">[]): Promise<string[]> {
  if (orders.length === 0) return [];
  const rows = orders.map((order) => ({ id: newId(), ...order }));
  const written = await tx.insert(schema.mails).values(rows).onConflictDoNothing().returning({ id: schema.mails.id });
  return written.map(({ id }) => id);
}
