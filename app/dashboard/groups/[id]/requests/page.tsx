import type { Metadata } from "next";
import { Button, ButtonLink, linkLook } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { wish } from "#app/(visit)/groups/asked.tsx";
import type { Database } from "#db/client.ts";
import { drawnFrom } from "#lib/actor/queries.ts";
import { listRequests } from "#lib/group/membership/queries.ts";
import { type DeskGroup, getDeskGroup } from "#lib/group/queries.ts";
import { renewRoster } from "#lib/group/roster/commands.ts";
import { getReading, listRoster } from "#lib/group/roster/queries.ts";
import { isId } from "#lib/ids.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import { actorPath, groupDeskPath } from "#lib/urls.ts";
import { GroupFrame } from "../../frame.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const pageSize = 30;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("group.tabRequests"), robots: { index: false } };
}

/** Who asks to come in, as this server knows, or as the server of a group elsewhere told; that one is asked anew, where it is. */
async function listAsking(db: Database, { id, host }: DeskGroup, page: { after?: string; limit: number }) {
  if (host === null)
    return (await listRequests(db, id, page)).map(({ handle, host, ...row }) => ({
      ...row,
      ask: null,
      address: `@${handle}${host ? `@${host}` : ""}`,
      href: actorPath(handle, host),
    }));
  await renewRoster(db, id, await getReading(db, id));
  return (await listRoster(db, id, { ...page, state: "requested" })).map(({ id, name, actorUri, message, ask }) => ({
    ...{ id, message, ask, name: null, address: `@${name}`, href: actorUri, askedAt: null },
  }));
}

/** Who asks to come in, what they say, and the two answers. Two queries, three for a group elsewhere. */
export default async function GroupRequests({ params, searchParams }: Props) {
  const [{ id }, search] = [await params, await searchParams];
  const page = `${groupDeskPath(encodeURIComponent(id))}/requests`;
  const { viewer, timezone } = await signedInAt(page, search.form);
  const { t, locale } = await getReader();
  const db = database();
  const group = await getDeskGroup(db, viewer, id, "decide", { anywhere: true });
  if (!group) return absent();
  const after = isId(search.after) ? search.after : undefined;
  const [state, found] = await Promise.all([
    formState(t, search.form, page),
    listAsking(db, group, { after, limit: pageSize + 1 }),
  ]);
  const requests = found.slice(0, pageSize);
  const { host } = group;
  const date = dateFormat(locale, timezone, { day: "numeric", month: "long" });
  const action = `${page}/decision`;
  return (
    <GroupFrame t={t} group={group} here="requests" title={t("group.tabRequests")} said={search.done}>
      <div className="grid max-w-[52rem] gap-5">
        <ErrorSummary t={t} errors={state.errors} />
        {requests.length === 0 && (
          <EmptyState seed={drawnFrom(group)} title={t("group.requestsNone")}>
            <p>{host ? t("group.requestsThere", { host }) : t("group.requestsNoneText")}</p>
          </EmptyState>
        )}
        <ul className="grid gap-3">
          {requests.map(({ id: request, name, address, href, message, ask, askedAt }) => (
            <li key={request} className="grid gap-3 rounded-card border border-line bg-surface p-4">
              <p className="font-semibold [overflow-wrap:anywhere]" dir="auto">
                {name && `${name} `}
                <a href={href} className={name ? `font-normal ${linkLook}` : linkLook} dir="ltr" rel="nofollow">
                  {address}
                </a>
                {askedAt && (
                  <span className="block text-sm font-normal text-muted">
                    {t("group.asked", { date: date.format(askedAt) })}
                  </span>
                )}
              </p>
              {ask && host && (
                <p className={ask.refused ? "font-semibold text-warn" : "text-muted"}>
                  {wish(t, ask)} · {ask.refused ? t("group.askRefused", { host }) : t("group.askWaits")}
                </p>
              )}
              {message && (
                <blockquote className="border-s-4 border-line ps-4 whitespace-pre-line" dir="auto">
                  {message}
                </blockquote>
              )}
              <form method="post" action={action} className="flex flex-wrap gap-2">
                <FormGuard path={action} />
                <input type="hidden" name="person" value={request} />
                <Button name="answer" value="yes" aria-label={t("group.acceptOf", { name: name ?? address })}>
                  {t("group.accept")}
                </Button>
                <Button
                  name="answer"
                  value="no"
                  look="danger"
                  aria-label={t("group.declineOf", { name: name ?? address })}
                >
                  {t("group.decline")}
                </Button>
              </form>
            </li>
          ))}
        </ul>
        {found.length > pageSize && (
          <p>
            <ButtonLink href={`${page}?after=${requests.at(-1)!.id}`}>{t("group.more")}</ButtonLink>
          </p>
        )}
      </div>
    </GroupFrame>
  );
}
