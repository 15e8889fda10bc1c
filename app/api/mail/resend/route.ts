import { database } from "#app/_web/database.ts";
import { faultAnswer } from "#app/_web/fault-answer.ts";
import { isUnavailable } from "#db/unavailable.ts";
import { getConfig } from "#lib/config.ts";
import { settleReturned } from "#lib/mail/returned/commands.ts";

const longest = 256 * 1024;

/**
 * Where Resend tells what became of our mail (its webhooks). Neither cookie nor origin counts: the signature decides, and
 * without it nothing happens. Absent where the host gave no secret to check it by.
 */
export async function POST(request: Request): Promise<Response> {
  const { mail } = getConfig();
  const secret = mail.transport === "resend" ? mail.webhookSecret : null;
  if (!secret) return new Response(null, { status: 404 });
  const length = Number(request.headers.get("content-length") ?? longest + 1);
  const body = length > longest ? "" : await request.text();
  const header = (name: string) => request.headers.get(`svix-${name}`);
  const signed = { id: header("id"), timestamp: header("timestamp"), signature: header("signature") };
  try {
    const settled = await settleReturned(database(), secret, signed, body);
    return new Response(null, { status: settled ? 204 : 401, headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    if (isUnavailable(error)) return faultAnswer(503, "en");
    throw error;
  }
}
