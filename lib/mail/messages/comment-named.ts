import type { Locale, Translate } from "#lib/locale/index.ts";
import { cut, isolated, line, type Message, write } from "./letter.ts";
import { paragraph, serverName } from "./matter.ts";

/** In which comment somebody is named: plain values. */
type NamedMatter = {
  locale: Locale;
  t: Translate;
  host: string;
  instance: string;
  /** The event's name. */
  name: string;
  /** Who wrote it, and how it begins. */
  who: string;
  text: string;
  /** Where it stands, and is answered. */
  url: string;
  settings: string;
  /** Where mail of this kind is stopped. */
  stopUrl: string;
};

/** Somebody is named in a comment under an event: by whom, in which words, and where to answer. */
export function commentNamed(matter: NamedMatter): Message {
  const { t, locale, name, who, text } = matter;
  const short = { who: isolated(cut(who, 40)), name: isolated(cut(name, 60)) };
  return write(t("notice.namedSubject", short), {
    locale,
    t,
    strip: null,
    heading: isolated(cut(name, 200)),
    blocks: [
      paragraph(t("notice.namedText")),
      paragraph(t("notice.namedWho", { who: isolated(cut(who, 60)) })),
      { kind: "quote", text: line(text) },
      { kind: "button", label: t("notice.namedButton"), url: matter.url },
      { kind: "note", text: t("notice.namedFrom", { server: serverName(matter) }) },
      { kind: "note", text: t("notice.settings"), url: matter.settings },
      { kind: "note", text: t("notice.namedStop"), url: matter.stopUrl },
    ],
  });
}
