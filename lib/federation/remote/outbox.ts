import { eq } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { Refusal } from "#lib/refusal.ts";
import type { ActorRow } from "../actors.ts";
import { sameOrigin } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { readFrom } from "../inbox/create.ts";
import { mirror } from "../inbox/event.ts";
import { onPostRead } from "../inbox/post.ts";
import { takeEffect } from "../inbox/receive.ts";
import { itemsOf } from "./collection.ts";
import { idOf, isObject, textOf } from "./values.ts";

const { actors } = schema;

/** Bounds of one walk. */
const mostPages = 5;
const mostItems = 200;
const longest = 10_000;

/** Reads what somebody whom we follow from now on said before: a few pages, what is ahead of us alone. */
export async function readOutbox(db: Database, actorId: string): Promise<number> {
  const [actor] = await db.select().from(actors).where(eq(actors.id, actorId));
  if (!actor?.outbox || actor.host === null) return 0;
  const until = Date.now() + longest;
  let kept = 0;
  try {
    for await (const item of itemsOf(db, actor.outbox, { pages: mostPages, items: mostItems, until }))
      kept += await take(db, item, actor);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  return kept;
}

async function take(db: Database, item: unknown, author: ActorRow): Promise<number> {
  if (!isObject(item) || !["Create", "Announce"].includes(textOf(item.type))) return 0;
  const id = idOf(item.object);
  if (!id) return 0;
  const near = isObject(item.object) && sameOrigin(id, author.uri!);
  const document = near ? (item.object as Json) : await readFrom(db, id);
  if (!document || document.id !== id) return 0;
  const posted = await onPostRead(db, document);
  const effect =
    posted === undefined ? await mirror(db, document, item.type === "Announce" ? { by: author } : {}) : posted;
  return effect && (await takeEffect(db, effect)) ? 1 : 0;
}
