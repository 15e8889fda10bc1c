import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { getInstance } from "#lib/instance/queries.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { fetchDocument } from "#lib/outbound/client.ts";
import { Refusal } from "#lib/refusal.ts";
import { drawPicture } from "../commands.ts";
import { removeStored } from "../storage.ts";

const { media } = schema;

/** A picture where another server has it, and its words. */
export type RemotePicture = { url: string; name: string };

/** The row of a picture elsewhere, or the `known` one where it is the same; a job fetches it once something shows it. */
export async function wantPicture(
  tx: Transaction,
  picture: RemotePicture | null,
  known: string | null,
): Promise<string | null> {
  if (!picture) return null;
  if (known) {
    const [row] = await tx.select().from(media).where(eq(media.id, known));
    if (row?.remoteUrl === picture.url && row.name === picture.name) {
      // Erased since nobody looked at it: it is wanted again.
      if (!row.path) await enqueue(tx, "picture", { mediaId: known });
      return known;
    }
  }
  const id = newId();
  await tx.insert(media).values({ id, remoteUrl: picture.url, name: picture.name });
  await enqueue(tx, "picture", { mediaId: id });
  return id;
}

/**
 * Fetches a picture of another server once, draws it anew and keeps it, so that no reader's browser asks another host. What
 * is no picture, too large or not to be had stays a record of its address, and so does what nothing shows any more or
 * `admitted` refuses, the name of its server. May run twice.
 */
export async function fetchPicture(
  db: Database,
  id: string,
  admitted: (host: string) => Promise<boolean>,
): Promise<void> {
  const waiting = and(eq(media.id, id), isNull(media.path));
  // By primary key, `events_cover`, `posts_cover` and `actors_icon`.
  const shown = sql`(exists (select 1 from events where cover_id = ${id}) or exists (select 1 from posts where cover_id = ${id})
    or exists (select 1 from actors where icon_id = ${id}))`;
  const [row] = await db.select().from(media).where(and(waiting, shown));
  if (!row?.remoteUrl || !(await admitted(new URL(row.remoteUrl).host))) return;
  try {
    const drawn = await drawnFrom(row.remoteUrl);
    await db
      .update(media)
      .set({ ...drawn, shownAt: sql`now()` })
      .where(waiting);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** Fetches a picture of another server that something here is about to show, and keeps it; null: it is none, or not to be had. */
export async function keepPicture(db: Database, remoteUrl: string): Promise<string | null> {
  try {
    const id = newId();
    await db.insert(media).values({ id, remoteUrl, ...(await drawnFrom(remoteUrl)), shownAt: sql`now()` });
    return id;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return null;
  }
}

/** @throws Refusal as `fetchDocument`, and for what is no picture. */
async function drawnFrom(url: string) {
  const { body } = await fetchDocument(url, { accept: "image/*", most: 10 * 1024 * 1024 });
  return drawPicture(body);
}

/** Remembers, to the day, that somebody saw a picture of another server: those that nobody sees go first. */
export async function markShown(db: Database, id: string): Promise<void> {
  await db
    .update(media)
    .set({ shownAt: sql`now()` })
    .where(and(eq(media.id, id), sql`coalesce(${media.shownAt} < now() - interval '1 day', true)`));
}

/**
 * Erases pictures of other servers until the others take up no more than the host allows, from the one on that nobody saw
 * for longest. Each is fetched again when its event or its group is, or when its post changes. Returns how many. By `media_kept`,
 * `events_cover`, `actors_icon`, `actors_image`.
 */
export async function shrinkPictures(db: Database): Promise<number> {
  const { pictureCache } = await getInstance(db);
  const most = pictureCache * 1_000_000;
  const over = await db.execute<{ id: string; path: string }>(sql`
    select id, path from (
      select id, path, sum(coalesce(size, 200000)) over (order by shown_at desc nulls last, id desc) as with_newer
      from media where remote_url is not null and path is not null) kept
    where with_newer > ${most} limit 1000`);
  if (over.length === 0) return 0;
  const ids = sql`any(${sql.param(over.map(({ id }) => id))}::uuid[])`;
  await transact(db, async (tx) => {
    await tx
      .update(media)
      .set({ path: null, size: null })
      .where(and(sql`${media.id} = ${ids}`, isNotNull(media.remoteUrl)));
    await tx.execute(
      sql`update events set fetched_at = null, asked_at = null where cover_id = ${ids} and uri is not null`,
    );
    await tx.execute(sql`update actors set icon_id = null where icon_id = ${ids}`);
    await tx.execute(sql`update actors set image_id = null where image_id = ${ids}`);
  });
  for (const { path } of over) await removeStored(path);
  return over.length;
}
