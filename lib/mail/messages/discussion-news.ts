import type { Locale, Translate } from "#lib/locale/index.ts";
import { type Block, cut, isolated, line, type Message, write } from "./letter.ts";
import { paragraph, serverName } from "./matter.ts";

/** What is new in a discussion of a group: plain values. */
type DiscussionMatter = {
  locale: Locale;
  t: Translate;
  host: string;
  instance: string;
  group: string;
  /** The discussion's title. */
  name: string;
  count: number;
  /** The reader was named in what they may have read: the one message, whose words changed. */
  named: boolean;
  /** The first few: who wrote, and how it begins. */
  messages: { name: string; text: string }[];
  /** Where the first of them stands, and is answered. */
  url: string;
  settings: string;
  /** Where mail about this discussion is stopped. */
  stopUrl: string;
};

/** New messages of one discussion: who wrote what, and the page where one reads on and answers. */
export function discussionNews(matter: DiscussionMatter): Message {
  const { t, locale, group, name, count, named, messages } = matter;
  const title = isolated(cut(name, 200));
  const subject = t("talk.mailSubject", { group: isolated(cut(group, 40)), name: isolated(cut(name, 100)) });
  const more = count - messages.length;
  return write(subject, {
    locale,
    t,
    strip: null,
    heading: title,
    blocks: [
      paragraph(t(named ? "talk.mailNamed" : "talk.mailText", { count, group: isolated(cut(group, 100)) })),
      ...messages.flatMap(({ name: who, text }): Block[] => [
        paragraph(t("talk.mailWho", { name: isolated(cut(who, 60)) })),
        { kind: "quote", text: line(text) },
      ]),
      ...(more > 0 ? [paragraph(t("talk.mailMore", { count: more }))] : []),
      { kind: "button", label: t("talk.mailButton"), url: matter.url },
      paragraph(t("talk.mailReply")),
      { kind: "note", text: t("talk.mailFrom", { server: serverName(matter), group: isolated(cut(group, 100)) }) },
      { kind: "note", text: t("notice.settings"), url: matter.settings },
      { kind: "note", text: t("talk.mailStop"), url: matter.stopUrl },
    ],
  });
}
