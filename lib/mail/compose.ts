import MailComposer from "nodemailer/lib/mail-composer";
import { getConfig } from "#lib/config.ts";
import { ownHost } from "#lib/urls.ts";
import { type Attachment, line, type Message } from "./messages/letter.ts";

/** A mail that is ready to leave, to one recipient. Its bytes follow from these values alone. */
export type Outgoing = {
  /** Of the `mails` row: Message-ID, MIME boundary and idempotency key. */
  id: string;
  createdAt: Date;
  to: string;
  /** Whose mail it is: "{sender} via {host}". */
  sender: string;
  language: string;
  subject: string;
  text: string;
  html: string;
  attachments: Attachment[];
  /** A URL of ours that takes One-Click POSTs (RFC 8058); null where the mail is strictly an answer. */
  unsubscribe: string | null;
};

/** A mail in the words of one reader, before their address is asked whether it wants any from here. */
export type Written = Pick<Outgoing, "to" | "sender" | "language"> & {
  message: Message;
  /** The page where mail of this kind is stopped; null: it is strictly an answer, or nothing that one could switch off. */
  stop: string | null;
  /** The HMAC of the address, where a row has it. */
  emailKey?: Buffer;
};

/** Text for one header line: no controls, no direction overrides, no line breaks, at most `length` characters. */
export const headerText = (text: string, length = 200): string =>
  [
    ...text
      .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e]+/gu, " ")
      .replace(/\s+/g, " ")
      .trim(),
  ]
    .slice(0, length)
    .join("");

/** Display name and address of the From header. */
export const fromOf = ({ sender }: Pick<Outgoing, "sender">): { name: string; address: string } => ({
  name: headerText(`${headerText(line(sender), 80)} via ${ownHost()}`),
  address: getConfig().mailFrom,
});

/** The Message-ID of a mail: the same however often it is sent. */
export const messageId = (id: string): string => `<${id}@${ownHost().replace(/[^\w.-]/g, "-")}>`;

/** Headers besides From, To, Subject, Date and Message-ID (RFC 3834, 2369, 8058). */
export function headersOf({
  language,
  unsubscribe,
}: Pick<Outgoing, "language" | "unsubscribe">): Record<string, string> {
  const headers: Record<string, string> = { "Auto-Submitted": "auto-generated", "Content-Language": language };
  if (unsubscribe) {
    headers["List-Unsubscribe"] = `<${unsubscribe}>`;
    headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
  }
  return headers;
}

/** The same as nodemailer wants it. Equal values make equal bytes. */
export function composition(mail: Outgoing) {
  return {
    from: fromOf(mail),
    to: { name: "", address: mail.to },
    envelope: { from: getConfig().mailFrom, to: [mail.to] },
    subject: headerText(mail.subject),
    date: mail.createdAt,
    messageId: messageId(mail.id),
    headers: headersOf(mail),
    text: mail.text,
    html: mail.html,
    baseBoundary: mail.id.replaceAll("-", ""),
    disableFileAccess: true,
    disableUrlAccess: true,
    attachments: mail.attachments.map(({ filename, contentType, content, cid }) => ({
      filename,
      contentType,
      content,
      ...(cid ? { cid } : {}),
    })),
  };
}

/** The whole message (RFC 5322), as a server or an `.eml` file gets it. */
export const toBytes = (mail: Outgoing): Promise<Buffer> => new MailComposer(composition(mail)).compile().build();
