import { database } from "#app/_web/database.ts";
import { getViewer } from "#app/_web/viewer.ts";
import { unlessUnavailable } from "#db/unavailable.ts";
import { getPicture } from "#lib/media/queries.ts";
import { markShown } from "#lib/media/remote/commands.ts";
import { readStored } from "#lib/media/storage.ts";

/** A stored picture under our own type, for those who may see what shows it. Its content never changes, so it is kept for good. */
export async function GET(_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const picture = await getPicture(database(), await getViewer(), id);
  const bytes = picture && (await readStored(picture.path));
  if (!picture || !bytes) return new Response("Not found\n", { status: 404 });
  if (picture.remote) await unlessUnavailable(markShown(database(), id));
  return new Response(new Uint8Array(bytes), {
    headers: {
      "Content-Type": picture.mediaType,
      "Content-Disposition": "inline",
      "Content-Security-Policy": "default-src 'none'",
      "Cache-Control": `${picture.open ? "public" : "private"}, max-age=31536000, immutable`,
    },
  });
}
