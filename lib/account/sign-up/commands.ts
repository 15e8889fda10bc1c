import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { type Database, type Db, schema, type Transaction, transact } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { getInstance } from "#lib/instance/queries.ts";
import { enqueueMail } from "#lib/jobs/enqueue.ts";
import { trySpend } from "#lib/limits/commands.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { canonicalAddress, isToken, linkToken, tokenHash } from "#lib/secrets.ts";
import { hashPassword } from "../password.ts";
import { getAccountByEmail } from "../queries.ts";
import { maySignUp } from "../rules/queries.ts";
import { type Doorstep, openSession } from "../session/commands.ts";
import type { SignUpInput } from "./input.ts";
import { isHandleTaken } from "./queries.ts";

const { accounts, actors, identities, signUps } = schema;

export type Identity = { issuer: string; subject: string };
type Wish = Omit<SignUpInput, "identity" | "website"> & {
  language: string;
  timezone: string;
  identity: Identity | null;
};

/**
 * Asks for an account: a mail with a button goes to the address, or, where it has one, a mail that says so. Nobody who
 * watches can tell the two apart. Beyond the address's allowance nothing happens, in silence.
 * @throws Refusal sign-up-closed, sign-up-denied, handle-taken, identity-taken
 */
export async function requestSignUp(db: Database, _viewer: Viewer, wish: Wish): Promise<void> {
  const email = canonicalAddress(wish.email);
  if (!email) throw new Refusal("email-invalid", { field: "email" });
  if ((await getInstance(db)).registration === "closed") throw new Refusal("sign-up-closed");
  if (!(await maySignUp(db, email))) throw new Refusal("sign-up-denied", { field: "email" });
  if (await isHandleTaken(db, wish.handle)) throw new Refusal("handle-taken", { field: "handle" });
  const passwordHash = wish.password ? await hashPassword(wish.password) : null;
  const { handle, language, timezone, application, identity } = wish;
  await transact(db, async (tx) => {
    const known = await getAccountByEmail(tx, email);
    if (known) {
      if ((await trySpend(tx, "mail-proven", email)) === 0)
        await enqueueMail(tx, { message: "address-known", accountId: known.id });
      return;
    }
    if ((await trySpend(tx, "mail-unproven", email)) > 0) return;
    const id = newId();
    await tx.insert(signUps).values({
      id,
      email,
      passwordHash,
      handle,
      name: wish.name || handle,
      language,
      timezone,
      application,
      ...identity,
      tokenHash: tokenHash(linkToken("account", id, 0)),
      expiresAt: sql`now() + interval '48 hours'`,
    });
    await enqueueMail(tx, { message: "confirm-sign-up", signUpId: id });
  });
}

/** What became of a confirmed sign-up: signed in with a session's token, or waiting for the host. */
export type Confirmed = { state: "active"; session: string } | { state: "awaiting" };

/**
 * Opens the account that was asked for, with its first profile. Used once: of twenty at once, one opens it.
 * @throws Refusal not-found, already-decided, handle-taken (another may be given), email-taken
 */
export async function confirmSignUp(
  db: Database,
  token: string,
  given: { handle?: string },
  doorstep: Doorstep,
): Promise<Confirmed> {
  if (!isToken(token)) throw new Refusal("not-found");
  return transact(db, async (tx) => {
    const wish = await consume(tx, token);
    const { registration } = await getInstance(tx);
    const accountId = newId();
    const state = registration === "approval" ? "awaiting" : "active";
    const [account] = await tx
      .insert(accounts)
      .values({
        id: accountId,
        email: wish.email,
        passwordHash: wish.passwordHash,
        language: wish.language,
        timezone: wish.timezone,
        application: state === "awaiting" ? wish.application : "",
        state,
        confirmedAt: sql`now()`,
      })
      .onConflictDoNothing({ target: accounts.email })
      .returning({ id: accounts.id });
    if (!account) throw new Refusal("email-taken");
    const actorId = newId();
    const [actor] = await tx
      .insert(actors)
      .values({
        id: actorId,
        type: "Person",
        handle: given.handle ?? wish.handle,
        name: wish.name,
        accountId,
        // Not to be seen before the host has said yes.
        suspendedAt: state === "awaiting" ? sql`now()` : null,
      })
      .onConflictDoNothing({ target: [actors.handle, actors.host] })
      .returning({ id: actors.id });
    if (!actor) throw new Refusal("handle-taken", { field: "handle" });
    await tx.update(accounts).set({ defaultActorId: actorId }).where(eq(accounts.id, accountId));
    if (wish.issuer && wish.subject)
      await tx
        .insert(identities)
        .values({ id: newId(), accountId, issuer: wish.issuer, subject: wish.subject })
        .onConflictDoNothing();
    if (state === "awaiting") return { state };
    return { state, session: await openSession(tx, accountId, "mail", doorstep) };
  });
}

async function consume(tx: Transaction, token: string) {
  const mine = eq(signUps.tokenHash, tokenHash(token));
  const [row] = await tx
    .update(signUps)
    .set({ usedAt: sql`now()` })
    .where(and(mine, isNull(signUps.usedAt), gt(signUps.expiresAt, sql`now()`)))
    .returning();
  if (row) return row;
  const [used] = await tx.select({ usedAt: signUps.usedAt }).from(signUps).where(mine);
  throw new Refusal(used?.usedAt ? "already-decided" : "not-found");
}

/** Erases sign-ups that nobody confirmed in their 48 hours, and what is left of those that were. By `sign_ups_expired`. */
export async function purgeSignUps(db: Db): Promise<void> {
  await db.delete(signUps).where(lt(signUps.expiresAt, sql`now()`));
}
