import { answerFromMail, download } from "#app/_web/kept-mail.ts";

/** One attachment of a kept mail. */
export const GET = (_request: Request, segment: { params: Promise<{ id: string; index: string }> }) =>
  answerFromMail(segment, (mail, { index }) => {
    const one = /^\d{1,2}$/.test(index) ? mail.attachments[Number(index)] : undefined;
    return one ? download(Buffer.from(one.content), one.contentType, one.filename) : null;
  });
