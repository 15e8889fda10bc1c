import { database } from "#app/_web/database.ts";
import { faultAnswer } from "#app/_web/fault-answer.ts";
import { readBody, see } from "#app/_web/form-route.ts";
import { isUnavailable } from "#db/unavailable.ts";
import { wishMail } from "#lib/notification/suppression/commands.ts";
import { Refusal } from "#lib/refusal.ts";
import { unsubscribePath } from "#lib/urls.ts";

type Segment = { params: Promise<{ signed: string }> };

const expected = "List-Unsubscribe=One-Click";

/**
 * One-Click unsubscription (RFC 8058): mail programs POST here without cookie, origin or form token, so the signed link
 * alone decides, and all that it can do is to stop mail.
 */
export async function POST(request: Request, { params }: Segment): Promise<Response> {
  const { signed } = await params;
  if (!(await readsOneClick(request))) return faultAnswer(400, "en", `Expected ${expected}`);
  try {
    await wishMail(database(), signed);
    return new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    if (error instanceof Refusal) return faultAnswer(404, "en");
    if (isUnavailable(error)) return faultAnswer(503, "en");
    throw error;
  }
}

/** Programs that open the header's address instead get the page with its buttons. */
export const GET = async (_request: Request, { params }: Segment): Promise<Response> =>
  see(unsubscribePath((await params).signed));

async function readsOneClick(request: Request): Promise<boolean> {
  try {
    const body = new Response(await readBody(request, 1000), { headers: request.headers });
    return (await body.formData()).get("List-Unsubscribe") === "One-Click";
  } catch {
    return false;
  }
}
