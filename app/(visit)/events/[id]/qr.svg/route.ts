import { database } from "#app/_web/database.ts";
import { getViewer } from "#app/_web/viewer.ts";
import { getEvent } from "#lib/event/queries.ts";
import { qrPath } from "#lib/formats/qr.ts";
import { isForAll } from "#lib/policy/event.ts";
import { absolute, eventPath } from "#lib/urls.ts";

/** The QR code of an event's address, for whoever may see the event. Removed: 410. */
export async function GET(_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const full = await getEvent(database(), await getViewer(), id);
  if (!full) return new Response("Not found\n", { status: 404 });
  if (full.event.state === "deleted") return new Response("Gone\n", { status: 410 });
  const { size, d } = qrPath(absolute(eventPath(id)));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${d}" fill="#16242c"/></svg>`;
  return new Response(svg, {
    headers: {
      "Content-Type": "image/svg+xml",
      "Content-Security-Policy": "default-src 'none'",
      "Cache-Control": `${isForAll(full.event) ? "public" : "private"}, max-age=86400`,
    },
  });
}
