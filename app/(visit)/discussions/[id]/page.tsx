import type { Metadata } from "next";
import { Fragment } from "react";
import { Button, ButtonLink, wayLook } from "#app/_ui/button.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { database } from "#app/_web/database.ts";
import { formGone } from "#app/_web/form-gone.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { gone } from "#app/_web/gone.tsx";
import { getReader } from "#app/_web/reader.ts";
import { typedBefore } from "#app/_web/typed-before.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { getMessage, listMessages, listSpeakers, type Place } from "#lib/discussion/message/queries.ts";
import { getDiscussion } from "#lib/discussion/thread/queries.ts";
import { toneOf } from "#lib/formats/tone.ts";
import { isId } from "#lib/ids.ts";
import { getCadence } from "#lib/notification/choice/queries.ts";
import { canName, canWrite } from "#lib/policy/discussion.ts";
import { takesNew } from "#lib/policy/group.ts";
import { actorPath, discussionPath } from "#lib/urls.ts";
import { saidLabels } from "../said.ts";
import { DiscussionDone, DiscussionThere } from "./done.tsx";
import { LiveIsland } from "./live-island.tsx";
import { MailForm } from "./mail-form.tsx";
import { Message } from "./message.tsx";
import { WriteForm } from "./write-form.tsx";

type Search = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ id: string }>; searchParams: Promise<Search> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("talk.title"), robots: { index: false } };
}

/** Where the page begins: as its address says, else at the first message that was not read. */
function placeOf(search: Search, unreadId: string | null): Place {
  if (search.at === "end") return null;
  for (const way of ["at", "after", "before"] as const) {
    const id = search[way];
    if (isId(id)) return { way, id };
  }
  return unreadId ? { way: "at", id: unreadId } : null;
}

/** A discussion as its members read it: flat, oldest first. Four queries, one more for who has several profiles, two while one answers or sends. */
export default async function DiscussionPage({ params, searchParams }: Props) {
  const [{ id }, search] = [await params, await searchParams];
  const path = discussionPath(encodeURIComponent(id));
  const { viewer, timezone } = await signedInAt(path, search.form);
  const [{ t, locale }, db] = [await getReader(), database()];
  const discussion = await getDiscussion(db, viewer, id);
  if (!discussion) return formGone(t, await typedBefore(search.form, path));
  const { group, unreadId } = discussion;
  const list = `${actorPath(group.handle, group.host)}/discussions`;
  if (discussion.deletedAt) {
    const way = t("talk.titleOf", { group: group.name });
    return gone({ seed: id, title: t("talk.gone"), text: t("talk.goneText"), href: list, way });
  }
  const [page, usual, state, speakers] = await Promise.all([
    listMessages(db, discussion.id, placeOf(search, unreadId)),
    getCadence(db, viewer.accountId, "discussions"),
    formState(t, search.form, path, saidLabels(t, t("talk.write"))),
    listSpeakers(db, viewer, group.id),
  ]);
  const { messages, earlier, later } = page;
  const [first, last] = [messages[0], messages.at(-1)];
  const asked = state.value("quoted") || search.quote;
  const quote = typeof asked === "string" ? await getMessage(db, viewer, asked) : null;
  const quoted = quote?.discussionId === discussion.id ? quote : null;
  return (
    <div className="tone grid max-w-[52rem] gap-5 py-8" data-tone={toneOf({ tone: null, organizer: group })}>
      <div className="grid gap-1">
        <p>
          <a href={list} className={wayLook} dir="auto">
            {t("talk.titleOf", { group: group.name })}
          </a>
        </p>
        <h1 dir="auto" className="[overflow-wrap:anywhere]">
          {discussion.name}
        </h1>
        {group.host && <p className="text-muted">{t("talk.there", { host: group.host })}</p>}
        <p className="flex flex-wrap items-center gap-x-4 text-muted">
          {t("talk.lead", { group: group.name })}
          {canName(viewer, group, discussion) && (
            <a href={`${path}/manage`} className={wayLook}>
              {t("talk.manage")}
            </a>
          )}
        </p>
      </div>
      <DiscussionDone t={t} said={search.done} />
      <DiscussionThere t={t} discussion={discussion} leads={canName(viewer, group, discussion)} />
      {earlier && first && (
        <p className="print:hidden">
          <ButtonLink href={`${path}?before=${first.id}`}>
            <Icon name="back" size={16} />
            {t("talk.earlier")}
          </ButtonLink>
        </p>
      )}
      <div className="divide-y divide-line rounded-card border border-line bg-surface">
        {messages.map((message) => (
          <Fragment key={message.id}>
            {message.id === unreadId && (
              <p id="unread" className="bg-sunken px-4 py-2 text-sm font-semibold first:rounded-t-card">
                {t("talk.newFromHere")}
              </p>
            )}
            <Message {...{ t, locale, timezone, viewer, discussion, message }} />
          </Fragment>
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-3 print:hidden">
        {later && last && (
          <>
            <ButtonLink href={`${path}?after=${last.id}`}>
              {t("talk.later")}
              <Icon name="forward" size={16} />
            </ButtonLink>
            <ButtonLink href={`${path}?at=end`}>{t("talk.toEnd")}</ButtonLink>
          </>
        )}
        {unreadId && last && (
          <form method="post" action={`${path}/reading`}>
            <FormGuard path={`${path}/reading`} />
            <input type="hidden" name="message" value={last.id} />
            <Button>
              <Icon name="check" size={16} />
              {t("talk.markRead")}
            </Button>
          </form>
        )}
        {!later && last && <LiveIsland stream={`${path}/live?after=${last.id}`} href={`${path}?after=${last.id}`} />}
      </div>
      {canWrite(group, discussion) ? (
        <WriteForm t={t} discussion={discussion} quoted={quoted} speakers={speakers} state={state} />
      ) : (
        <Notice kind="info" title={t(takesNew(group) ? "talk.lockedText" : "refusals.group-moved")} />
      )}
      <div className="border-t border-line pt-6 print:hidden">
        <MailForm t={t} path={`${path}/mail`} chosen={discussion.cadence} usual={usual} />
      </div>
    </div>
  );
}
