import { database } from "#app/_web/database.ts";
import { getPicture } from "#lib/media/queries.ts";
import { markShown } from "#lib/media/remote/commands.ts";
import { readStored } from "#lib/media/storage.ts";

/** A stored picture under our own type. Its content never changes, so it is kept for good. */
export async function GET(_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const picture = await getPicture(database(), id);
  const bytes = picture && (await readStored(picture.path));
  if (!picture || !bytes) return new Response("Not found\n", { status: 404 });
  if (picture.remote) await markShown(database(), id);
  return new Response(new Uint8Array(bytes), {
    headers: {
      "Content-Type": picture.mediaType,
      "Content-Disposition": "inline",
      "Content-Security-Policy": "default-src 'none'",
      "Cache-Control": "public, max-age=31536000, immutable",
    },
  });
}
