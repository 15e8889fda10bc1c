import type { Db } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { getInstance } from "#lib/instance/queries.ts";
import { type Locale, translator } from "#lib/locale/index.ts";
import { Refusal } from "#lib/refusal.ts";
import { canonicalAddress } from "#lib/secrets.ts";
import { absolute, ownHost } from "#lib/urls.ts";
import { serverTest } from "./messages/server-test.ts";
import { sendMail } from "./send.ts";

/**
 * Sends one mail to the host's own address, now and past the queue, and returns its id and the address as it was understood.
 * @throws Refusal email-invalid; MailFault with the mail server's code.
 */
export async function sendTrial(
  db: Db,
  { to, locale }: { to: string; locale: Locale },
): Promise<{ id: string; to: string }> {
  const address = canonicalAddress(to);
  if (!address) throw new Refusal("email-invalid");
  const { name } = await getInstance(db);
  const id = newId();
  const message = serverTest({ locale, t: translator(locale), host: ownHost(), instance: name, home: absolute("/") });
  await sendMail({
    ...message,
    id,
    createdAt: new Date(),
    to: address,
    sender: name,
    language: locale,
    unsubscribe: null,
  });
  return { id, to: address };
}
