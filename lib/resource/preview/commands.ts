import { and, eq, sql } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { beginning } from "#lib/html.ts";
import { fetchDocument } from "#lib/outbound/client.ts";
import { Refusal } from "#lib/refusal.ts";
import { nameOfUrl } from "../commands.ts";
import { previewOf } from "./page.ts";

const { resources } = schema;

/** Bytes of a page that are read at most, and milliseconds. */
const bounds = { most: 128 * 1_024, within: 5_000 };

/**
 * Asks the page behind a link once what it says of itself, and keeps that as plain text; a link that was given no name is
 * called so from then on. What is no page, or not to be had, leaves the link as it is. May run twice.
 */
export async function readPreview(db: Database, id: string): Promise<void> {
  const [link] = await db.select().from(resources).where(eq(resources.id, id));
  if (link?.preview !== "waiting" || !link.url) return;
  const read = await fetchDocument(link.url, {
    ...bounds,
    accept: "text/html, application/xhtml+xml",
    only: /^(text\/html|application\/xhtml\+xml)\b/i,
    beginning: true,
  })
    .then(previewOf)
    .catch((error: unknown) => {
      if (error instanceof Refusal) return null;
      throw error;
    });
  const [host, title] = [nameOfUrl(link.url), beginning(read?.title ?? "", 200).trim()];
  const called = title
    ? { name: sql`case ${resources.name} when ${host} then ${title} else ${resources.name} end` }
    : {};
  await db
    .update(resources)
    .set({ preview: read ? "read" : "failed", ...read, ...called })
    // It may lead elsewhere by now, or be gone.
    .where(and(eq(resources.id, id), eq(resources.preview, "waiting"), eq(resources.url, link.url)));
}
