import type { Locale, Translate } from "#lib/locale/index.ts";
import { type Block, line, lines, type Message, write } from "./letter.ts";
import { paragraph } from "./matter.ts";

/** What an account's mail is about: plain values, already cut to what this reader may know. */
export type AccountMatter = {
  locale: Locale;
  t: Translate;
  host: string;
  instance: string;
  /** Our first page, and the page to sign in. */
  home: string;
  signIn: string;
  /** The group whose invitation lies behind the sign-in; null where none waits. */
  invitedTo: string | null;
  /** The page behind the mail's link; our first page where it has none. */
  url: string;
  /** When that link dies, in words; empty where there is none. */
  until: string;
  /** What the account is to be called: `@handle`. */
  handle: string;
  /** The account's present address, as much of it as tells its owner which one. */
  address: string;
  notice: "password" | "address" | "address-restored" | "identity" | null;
  /** Where all mail from here is stopped; null for whoever has proven the address. */
  stopUrl: string | null;
};

type Parts = {
  subject: string;
  heading: string;
  text: string[];
  /** What somebody wrote. */
  quote?: string;
  button?: { label: string; url: string };
  after?: string[];
  /** Somebody else may have asked: doing nothing is safe. */
  notYou?: boolean;
};

/** A letter of the server about an account: what happened, at most one button, what follows. */
export function accountLetter(
  { locale, t, instance, host, stopUrl }: Pick<AccountMatter, "locale" | "t" | "instance" | "host" | "stopUrl">,
  { subject, heading, text, quote = "", button, after = [], notYou = false }: Parts,
): Message {
  const notes: Block[] = [{ kind: "note", text: t("accountMail.from", { name: line(instance), host }) }];
  if (notYou) notes.unshift({ kind: "note", text: t("mail.notYou") });
  if (stopUrl) notes.push({ kind: "note", text: t("mail.stopServer"), url: stopUrl });
  return write(subject, {
    locale,
    t,
    strip: null,
    heading,
    blocks: [
      ...text.map(paragraph),
      ...(quote ? [{ kind: "quote", text: lines(quote) } satisfies Block] : []),
      ...(button ? [{ kind: "button", ...button } satisfies Block] : []),
      ...after.map(paragraph),
      ...notes,
    ],
  });
}
