import { answerFromMail } from "#app/_web/kept-mail.ts";

/** No script, no form, no origin, nothing loaded: pictures of the mail stand in it as data. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/** The HTML part of a kept mail, as a mail program would show it. */
export const GET = (_request: Request, segment: { params: Promise<{ id: string }> }) =>
  answerFromMail(segment, ({ html, attachments }) => {
    const body = attachments.reduce(
      (text, { cid, contentType, content }) =>
        cid
          ? text.replaceAll(`cid:${cid}`, `data:${contentType};base64,${Buffer.from(content).toString("base64")}`)
          : text,
      html,
    );
    return new Response(body, {
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
      },
    });
  });
