import { answerFromMail, download } from "#app/_web/kept-mail.ts";
import { toBytes } from "#lib/mail/compose.ts";

/** A kept mail as the bytes that a mail server would have got. */
export const GET = (_request: Request, segment: { params: Promise<{ id: string }> }) =>
  answerFromMail(segment, async (mail) => download(await toBytes(mail), "message/rfc822", `${mail.id}.eml`));
