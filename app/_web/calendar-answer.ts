import { createHash } from "node:crypto";

/**
 * An iCalendar body with its ETag (RFC 9110 8.8.3), or 304 when the reader has it already. What is not `open` to
 * everybody is kept by nobody in between.
 */
export function calendarAnswer(request: Request, body: string, filename: string, { open = true } = {}): Response {
  const tag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const headers = { ETag: tag, "Cache-Control": open ? "no-cache" : "private, no-cache" };
  if (request.headers.get("if-none-match")?.includes(tag)) return new Response(null, { status: 304, headers });
  return new Response(body, {
    headers: {
      ...headers,
      "Content-Type": "text/calendar; charset=utf-8",
      "Content-Disposition": `attachment; filename="${filename}"`,
    },
  });
}
