import { and, eq, isNull, sql } from "drizzle-orm";
import { type Database, type Db, schema, transact } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import type { AccountViewer, Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import type { ActorInput, ProfileInput } from "./input.ts";
import type { ActorRow } from "./queries.ts";

const { accounts, actors } = schema;

/**
 * Makes a person or a group of this server. A handle is never given twice, also after its owner is gone.
 * An account makes profiles for itself alone; the operator for anybody, or without an account, as groups are.
 * @throws Refusal forbidden, handle-taken.
 */
export async function createActor(
  db: Db,
  viewer: Viewer,
  input: ActorInput & Pictured & { id?: string },
): Promise<ActorRow> {
  const own = viewer.kind === "account" && input.accountId === viewer.accountId;
  if (viewer.kind !== "operator" && !own) throw new Refusal("forbidden");
  const { type = "Person", id = newId(), name, openness, ...rest } = input;
  const [row] = await db
    .insert(actors)
    .values({
      ...rest,
      id,
      type,
      name: name || rest.handle,
      openness: type === "Group" ? (openness ?? "moderated") : null,
    })
    // Also where a form names an id that is somebody's.
    .onConflictDoNothing()
    .returning();
  if (!row) throw new Refusal("handle-taken", { field: "handle" });
  return row;
}

/** The id of a picture in our storage; null: none. */
type Pictured = { iconId?: string | null };

/**
 * Changes what one of one's own profiles says of itself.
 * @throws Refusal not-found, also for another's
 */
export async function updateActor(
  db: Db,
  viewer: AccountViewer,
  id: string,
  change: ProfileInput & Pictured,
): Promise<void> {
  const { name, ...rest } = change;
  await transact(db, async (tx) => {
    const [row] = await tx
      .update(actors)
      .set({ ...rest, name: name || sql`${actors.handle}`, locality: change.locality || null, updatedAt: sql`now()` })
      .where(ownProfile(viewer, id))
      .returning({ id: actors.id });
    if (!row) throw new Refusal("not-found");
    await enqueue(tx, "actor-out", { actorId: id });
  });
}

/** Chooses the profile that acts when none is named. @throws Refusal not-found */
export async function chooseActor(db: Db, viewer: AccountViewer, id: string): Promise<void> {
  await transact(db, async (tx) => {
    const [row] = await tx.select({ id: actors.id }).from(actors).where(ownProfile(viewer, id));
    if (!row) throw new Refusal("not-found");
    await tx.update(accounts).set({ defaultActorId: row.id }).where(eq(accounts.id, viewer.accountId));
  });
}

const ownProfile = (viewer: AccountViewer, id: string) =>
  and(eq(actors.id, id), eq(actors.accountId, viewer.accountId), isNull(actors.deletedAt));

/** How many profiles one account may have: handles are never given back. */
const mostProfiles = 10;

/**
 * Adds a profile to one's own account.
 * @throws Refusal handle-taken, too-many-profiles
 */
export async function addProfile(
  db: Database,
  viewer: AccountViewer,
  { tone, ...input }: ProfileInput & Pictured & { handle: string },
): Promise<ActorRow> {
  return transact(db, async (tx) => {
    await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, viewer.accountId)).for("update");
    const own = await tx.$count(actors, eq(actors.accountId, viewer.accountId));
    if (own >= mostProfiles) throw new Refusal("too-many-profiles");
    return createActor(tx, viewer, { ...input, tone: tone ?? undefined, accountId: viewer.accountId });
  });
}
