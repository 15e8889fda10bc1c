import { qrPath } from "#lib/formats/qr.ts";
import { isId } from "#lib/ids.ts";
import { absolute, eventPath } from "#lib/urls.ts";

/** The QR code of an event's address: it says nothing that its own address does not, so nothing is looked up. */
export async function GET(_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  if (!isId(id)) return new Response("Not found\n", { status: 404 });
  const { size, d } = qrPath(absolute(eventPath(id)));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${d}" fill="#16242c"/></svg>`;
  return new Response(svg, {
    headers: {
      "Content-Type": "image/svg+xml",
      "Content-Security-Policy": "default-src 'none'",
      "Cache-Control": "public, max-age=86400",
    },
  });
}
