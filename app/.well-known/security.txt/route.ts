import { entityTag, feed } from "#app/_web/feed.ts";
import { ownInstance } from "#app/_web/instance.ts";
import { toSecurityTxt } from "#lib/formats/security-txt.ts";
import { locales } from "#lib/locale/index.ts";
import { absolute } from "#lib/urls.ts";

export const dynamic = "force-dynamic";

/** Whom to tell of a hole (RFC 9116). */
export async function GET(): Promise<Response> {
  const { contact } = await ownInstance();
  const body = toSecurityTxt({ contact, origin: absolute(""), languages: locales }, new Date());
  return feed(body, "text/plain", entityTag(body));
}
