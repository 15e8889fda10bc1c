import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { type Database, type Db, schema, transact } from "#db/client.ts";
import { getAccount } from "#lib/account/queries.ts";
import { chooseCadence } from "#lib/discussion/reading/commands.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { addressKey } from "#lib/secrets.ts";
import { chooseNotifications } from "../choice/commands.ts";
import { type Cadence, defaults, type Subject } from "../choice/matrix.ts";
import { getCadence } from "../choice/queries.ts";
import { getStopLink, silenceKey } from "./queries.ts";

const { participations, suppressions } = schema;

/** Sends nothing more to an address, known by its HMAC. The first reason stays, but a bounce gives way to a wish. */
export async function suppressAddress(
  db: Db,
  emailKey: Buffer,
  reason: "asked" | "bounce" | "complaint",
): Promise<void> {
  await db
    .insert(suppressions)
    .values({ key: emailKey, reason })
    .onConflictDoUpdate({
      target: suppressions.key,
      set: { reason, createdAt: sql`now()` },
      setWhere: eq(suppressions.reason, "bounce"),
    });
}

/** Sends a participant nothing more about the event, but answers to what they ask themselves. */
async function silenceEvent(db: Db, participationId: string): Promise<void> {
  await db
    .insert(suppressions)
    .values({ key: silenceKey(participationId), reason: "asked" })
    .onConflictDoNothing();
}

export const wishes = ["event", "server", "allow"] as const;
export type Wish = (typeof wishes)[number];

/**
 * Does what the holder of a mailed link wishes: no more mail about the event, none at all from here, or both allowed
 * again. Without a wish (One-Click, RFC 8058): the least that the link stands for. Repeating it changes nothing.
 * @throws Refusal not-found for a link that we did not make.
 */
export async function wishMail(db: Database, signed: string, wish?: Wish): Promise<void> {
  const link = await getStopLink(db, signed);
  if (!link) throw new Refusal("not-found");
  const { participationId, emailKey, choice } = link;
  if (choice?.discussionId) {
    const { accountId, discussionId, subject } = choice;
    const asAll = (await getCadence(db, accountId, subject)) === "off" ? onAgain(subject) : null;
    return chooseCadence(db, { accountId, discussionId }, wish === "allow" ? asAll : "off");
  }
  if (choice) {
    const cadence = wish === "allow" ? onAgain(choice.subject) : "off";
    return chooseNotifications(db, choice.accountId, { [choice.subject]: cadence });
  }
  if (wish === "allow") return allowMail(db, link);
  if (wish !== "server" && participationId) return silenceEvent(db, participationId);
  if (emailKey) await suppressAddress(db, emailKey, "asked");
}

/** What "allow again" brings back: the default, or at once where that is not to be told. */
const onAgain = (subject: Subject): Cadence => (defaults[subject] === "off" ? "at-once" : defaults[subject]);

/** Lets mail to an account's proven address go again, at its owner's wish. @throws Refusal address-unproven. */
export async function allowAddress(db: Database, { accountId }: AccountViewer): Promise<void> {
  const account = await getAccount(db, accountId);
  if (!account?.email || !account.confirmedAt) throw new Refusal("address-unproven");
  await allowMail(db, { emailKey: addressKey(account.email), participationId: null });
}

/** Takes both back, at the wish of whoever holds a link that was mailed to the address. */
async function allowMail(
  db: Database,
  { emailKey, participationId }: { emailKey: Buffer | null; participationId: string | null },
): Promise<void> {
  const keys = [emailKey, participationId ? silenceKey(participationId) : null].filter((key) => key !== null);
  if (keys.length === 0) return;
  await transact(db, async (tx) => {
    await tx.delete(suppressions).where(inArray(suppressions.key, keys));
    // By index `participations_mine`.
    if (emailKey)
      await tx.update(participations).set({ unreachableAt: null }).where(eq(participations.emailKey, emailKey));
  });
}

/** Forgets bounces whose 30 days are over. */
export async function purgeBounces(db: Db): Promise<void> {
  await db
    .delete(suppressions)
    .where(and(eq(suppressions.reason, "bounce"), lt(suppressions.createdAt, sql`now() - interval '30 days'`)));
}
