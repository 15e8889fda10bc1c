import type { Db } from "#db/client.ts";
import { excerpt } from "#lib/html.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import { countReports, getReport, type Report } from "#lib/moderation/flag/queries.ts";
import { absolute, ownHost } from "#lib/urls.ts";
import type { Written } from "./compose.ts";
import { type Decided, type ModerationMatter, moderationNotice, report } from "./messages/moderation.ts";
import type { AccountMailRow } from "./queries.ts";

/** What is true of the thing for each decision as long as nobody decided otherwise. */
const stands: Record<Decided, (flag: Report) => boolean> = {
  hide: (flag) => (flag.comment ? flag.comment.state === "hidden" : (flag.post ?? flag.event)?.hiddenAt != null),
  show: (flag) => (flag.comment ? flag.comment.state === "published" : (flag.post ?? flag.event)?.hiddenAt === null),
  erase: ({ message }) => message?.deletedAt != null,
  suspend: ({ actor }) => actor?.suspendedAt != null,
  restore: ({ actor }) => actor?.suspendedAt === null,
};

/** What a decision is about: somebody who is suspended is told of themselves, not of the event that led to it. */
function subjectOf(
  { comment, event, post, message, group, actor, quote }: Report,
  decision: Decided | undefined,
): Pick<ModerationMatter, "kind" | "name"> {
  const whole = decision === "suspend" || decision === "restore";
  const words = comment && (quote === null ? excerpt(comment.content, comment.mediaType, 120) : (event?.name ?? ""));
  if (words !== null && !whole) return { kind: "comment", name: words };
  if (post && !whole) return { kind: "post", name: post.name };
  if (message && !whole) return { kind: "message", name: group?.name ?? "" };
  if (event && !whole) return { kind: "event", name: event.name };
  return { kind: "actor", name: actor?.name ?? actor?.handle ?? "" };
}

/** The mail in its reader's words; null when it is true no more, or its reader no longer moderates or is gone. */
export async function moderationLetterOf(db: Db, { mail, account, instance }: AccountMailRow): Promise<Written | null> {
  const { flagId, decision } = mail.data;
  if (!flagId || account?.state !== "active" || !account.email) return null;
  const flag = await getReport(db, flagId);
  if (!flag) return null;
  if (decision ? !stands[decision](flag) : flag.state !== "open" || account.role === "member") return null;
  const locale = asLocale(account.language);
  const matter: ModerationMatter = {
    locale,
    t: translator(locale),
    host: ownHost(),
    instance: instance.name,
    ...subjectOf(flag, decision),
    content: flag.content,
    others: decision ? 0 : (await countReports(db)) - 1,
    url: absolute(decision ? "/about" : `/moderation/reports/${flag.id}`),
  };
  const message = decision ? moderationNotice(matter, decision) : report(matter);
  return { message, to: account.email, sender: instance.name, language: locale, stop: null };
}
