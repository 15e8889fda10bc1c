import type { Outgoing } from "#lib/mail/compose.ts";
import { outboxDirectory, readKeptMail } from "#lib/mail/outbox.ts";
import { faultAnswer } from "./fault-answer.ts";

/** Answers with something of a kept mail; 404 where mail is really sent, or the mail or the part does not exist. */
export async function answerFromMail<P extends { id: string }>(
  { params }: { params: Promise<P> },
  part: (mail: Outgoing, params: P) => Promise<Response | null> | Response | null,
): Promise<Response> {
  const directory = outboxDirectory();
  const all = await params;
  const mail = directory && (await readKeptMail(directory, all.id));
  const answer = mail ? await part(mail, all) : null;
  answer?.headers.set("Cache-Control", "no-store");
  return answer ?? faultAnswer(404, "en");
}

/** A file to keep: never shown in our origin. */
export const download = (body: Buffer | string | ReadableStream, contentType: string, filename: string): Response =>
  new Response(body as BodyInit, {
    headers: { "Content-Type": contentType, "Content-Disposition": `attachment; filename="${filename}"` },
  });
