import { shortDate } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { type Block, cut, isolated, type Message, write } from "./letter.ts";
import { paragraph, serverName } from "./matter.ts";

/** What is new at somebody's events: plain values, already cut to what this reader may know. */
export type NewsMatter = {
  locale: Locale;
  t: Translate;
  now: Date;
  host: string;
  instance: string;
  subject: "requests" | "newcomers" | "comments" | "followed" | "posts";
  events: NewsEvent[];
  /** The organiser's desk, the page of settings, and the page where these mails are stopped. */
  desk: string;
  settings: string;
  stopUrl: string;
};

export type NewsEvent = {
  name: string;
  count: number;
  /** The first few, as the organiser's page names them; "" for who gave none. */
  names: string[];
  startTime: Date;
  timezone: string;
  allDay: boolean;
  /** Where it is looked at, and answered. */
  url: string;
};

/** News of those whom one follows, not of what one runs. */
export const isFollowing = (subject: NewsMatter["subject"]): boolean => subject === "followed" || subject === "posts";

/** Who it was: five names at most, and how many more. */
function nameList({ t, locale }: NewsMatter, { names, count }: NewsEvent): string {
  const known = names.map((name) => (name ? isolated(cut(name, 60)) : t("notice.nobody")));
  const more = count - names.length;
  if (more > 0) known.push(t("notice.more", { count: more }));
  return new Intl.ListFormat(locale === "en" ? "en-GB" : locale, { type: "conjunction" }).format(known);
}

/** New requests, participants or comments, or what those published whom one follows: of one event or post, or of several: how many, who, and where they are seen to. */
export function organizerNews(matter: NewsMatter): Message {
  const { t, locale, now, subject, events } = matter;
  const [first] = events;
  const count = events.reduce((sum, one) => sum + one.count, 0);
  const told = { count, name: isolated(cut(first!.name, 40)), others: events.length - 1 };
  const date = (one: NewsEvent) => shortDate(locale, one, now);
  const label = t(`notice.${subject}See`);
  const single: Block[] = [
    {
      kind: "facts",
      title: isolated(cut(first!.name, 120)),
      facts: [
        { label: t(subject === "posts" ? "notice.postsWhen" : "mail.when"), value: date(first!) },
        { label: t(`notice.${subject}Who`), value: nameList(matter, first!) },
      ],
    },
    { kind: "button", label, url: first!.url },
  ];
  const several = events.map((one): Block => {
    const text = t(`notice.${subject}Entry`, { count: one.count, date: date(one), names: nameList(matter, one) });
    return { kind: "entry", title: isolated(cut(one.name, 120)), text, label, url: one.url };
  });
  const all: Block = {
    kind: "button",
    label: t(isFollowing(subject) ? "notice.followedDesk" : "notice.desk"),
    url: matter.desk,
  };
  return write(t(`notice.${subject}Subject`, told), {
    locale,
    t,
    strip: null,
    heading: t(`notice.${subject}Title`, { count }),
    blocks: [
      paragraph(t(`notice.${subject}Text`)),
      ...(events.length === 1 ? single : [...several, all]),
      {
        kind: "note",
        text: t(
          subject === "posts" ? "notice.postsFrom" : subject === "followed" ? "notice.followedFrom" : "notice.from",
          { server: serverName(matter) },
        ),
      },
      { kind: "note", text: t("notice.settings"), url: matter.settings },
      { kind: "note", text: t(`notice.${subject}Stop`), url: matter.stopUrl },
    ],
  });
}
