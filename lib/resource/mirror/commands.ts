import { and, eq, isNull, sql } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import { lockAway } from "#lib/group/away/commands.ts";
import { newId } from "#lib/ids.ts";
import { Refusal } from "#lib/refusal.ts";
import { eraseInside, relocate } from "../commands.ts";

const { resources } = schema;

/** A link or folder of a group of another server, as its document says. */
type MirroredResource = {
  uri: string;
  actorId: string;
  /** Null: a folder. */
  url: string | null;
  name: string;
  summary: string;
  /** The folder that it lies in, a row here. */
  parentId: string | null;
  /** Since when it is there, if that was before anybody here could hear of it. */
  kept?: Date | undefined;
};

/** How much we keep of one group of another server. */
const most = 2_000;

/**
 * Keeps what the server of a group says of a link or folder there: a new one, its newer words, or where it lies now. What
 * was deleted stays so; what lies too deep, or cannot lie there, lies where it can. `knownId`: its row, which may be of
 * something that was put there from here.
 */
export async function mirrorResource(
  tx: Transaction,
  groupId: string,
  { parentId, kept, ...resource }: MirroredResource,
  knownId?: string,
): Promise<void> {
  await lockAway(tx, groupId);
  const [known] = await tx
    .select()
    .from(resources)
    .where(knownId ? eq(resources.id, knownId) : eq(resources.uri, resource.uri));
  if (known && (known.groupId !== groupId || known.deletedAt)) return;
  if (known) {
    const { name, summary } = resource;
    const url = known.type === "folder" ? null : (resource.url ?? known.url);
    await tx
      .update(resources)
      .set({ name, summary, url, awaiting: false, updatedAt: sql`now()` })
      .where(eq(resources.id, known.id));
    if (known.parentId !== parentId) await relocate(tx, known, parentId).catch(dropRefusal);
    return;
  }
  const all = and(eq(resources.groupId, groupId), isNull(resources.deletedAt));
  if ((await tx.$count(resources, all)) >= most) return;
  const [id, type] = [newId(), resource.url === null ? "folder" : "link"];
  const [made] = await tx
    .insert(resources)
    .values({ ...resource, id, groupId, type })
    .onConflictDoNothing()
    .returning();
  if (made && parentId) await relocate(tx, made, parentId).catch(dropRefusal);
  if (kept) await tx.update(resources).set({ createdAt: kept, updatedAt: kept }).where(eq(resources.id, id));
}

const dropRefusal = (error: unknown): void => {
  if (!(error instanceof Refusal)) throw error;
};

/** A group of another server passes on what somebody here put there: it stands. */
export async function confirmResource(tx: Transaction, groupId: string, id: string): Promise<void> {
  await tx
    .update(resources)
    .set({ awaiting: false })
    .where(and(eq(resources.id, id), eq(resources.groupId, groupId)));
}

/** The server of a group says that a link is gone, or a folder with all that lies in it. */
export async function buryResource(tx: Transaction, groupId: string, id: string): Promise<void> {
  await lockAway(tx, groupId);
  await eraseInside(tx, id);
}
