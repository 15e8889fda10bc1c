import type { Metadata } from "next";
import { Button, ButtonLink, Chip, wayLook } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { textOf } from "#app/_web/request.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { countByState } from "#lib/participation/counts/queries.ts";
import { getDecidableEvent, listParticipants, shelves } from "#lib/participation/desk/queries.ts";
import { eventPath } from "#lib/urls.ts";
import { Done, EventFrame } from "../../../frame.tsx";
import { People } from "./people.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const pageSize = 50;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("desk.participantsTitle"), robots: { index: false } };
}

/** Who takes part, list by list: found, answered, moved, one or many at a time. */
export default async function Participants({ params, searchParams }: Props) {
  const [{ id }, search] = [await params, await searchParams];
  const page = `/dashboard/events/${encodeURIComponent(id)}/participants`;
  const { viewer } = await signedInAt(page, search.form);
  const { t, locale } = await getReader();
  const db = database();
  const at = await getDecidableEvent(db, viewer, id);
  if (!at) return absent();
  const counts = await countByState(db, id);
  const state = shelves.find((one) => one === search.state) ?? (counts.pending ? "pending" : "accepted");
  const words = textOf(search.q, 100);
  const after = textOf(search.after, 36);
  const rows = await listParticipants(db, id, { state, words, after, limit: pageSize + 1 });
  const shown = rows.slice(0, pageSize);
  const kept = await formState(t, search.form, page);
  const href = (change: Record<string, string>) =>
    `${page}?${new URLSearchParams({ state, ...(words ? { q: words } : {}), ...change })}`;
  const refused = Number(search.refused) || 0;
  return (
    <EventFrame t={t} event={at.event} role={at.role} here="participants" title={t("desk.participantsTitle")}>
      <Done t={t} said={search.done} count={search.count} />
      {typeof search.undo === "string" && (
        <form method="post" action={`${page}/undo`} className="flex flex-wrap items-center gap-3">
          <FormGuard path={`${page}/undo`} />
          <input type="hidden" name="kept" value={search.undo.slice(0, 36)} />
          <input type="hidden" name="state" value={state} />
          <Button>{t("desk.undo")}</Button>
          <span className="text-muted">{t("desk.undoText")}</span>
        </form>
      )}
      {refused > 0 && <Notice kind="warn" title={t("desk.someNot", { count: refused })} />}
      <ErrorSummary t={t} errors={kept.errors} />
      <nav aria-label={t("desk.participantsTitle")}>
        <ul className="flex flex-wrap gap-2">
          {shelves
            .filter((one) => one === state || counts[one] || one === "accepted")
            .map((one) => (
              <li key={one}>
                <Chip href={`${page}?state=${one}`} chosen={one === state}>
                  {t("desk.shelfCount", { name: t(`desk.shelf_${one}`), count: counts[one] ?? 0 })}
                </Chip>
              </li>
            ))}
        </ul>
      </nav>
      <form action={page} className="flex flex-wrap items-end gap-3">
        <input type="hidden" name="state" value={state} />
        <TextField
          name="q"
          type="search"
          maxLength={100}
          label={t("desk.participantsSearch")}
          defaultValue={words}
          className="min-w-0 flex-1 basis-64"
        />
        <Button>
          <Icon name="search" />
          {t("desk.participantsFind")}
        </Button>
      </form>
      {shown.length === 0 ? (
        <EmptyState seed={id} title={t(words ? "desk.participantsNoneFound" : "desk.participantsNone")}>
          {!words && at.event.state === "published" && (
            <p>
              <ButtonLink href={`${eventPath(id)}/share`}>{t("desk.participantsShare")}</ButtonLink>
            </p>
          )}
        </EmptyState>
      ) : (
        <People
          {...{ t, locale, state, rows: shown, zone: at.event.timezone }}
          action={`${page}/action`}
          caption={t("desk.participantsCaption", { name: at.event.name })}
          back={href(after ? { after } : {})}
        />
      )}
      <p className="flex flex-wrap gap-3">
        {rows.length > pageSize && (
          <ButtonLink href={href({ after: shown.at(-1)!.id })} rel="next">
            {t("desk.showMore")}
          </ButtonLink>
        )}
        <ButtonLink href={`${page}/new`}>
          <Icon name="plus" />
          {t("desk.addPerson")}
        </ButtonLink>
      </p>
      <ul className="flex flex-wrap gap-x-6">
        {(
          [
            ["participants.csv", "desk.exportCsv"],
            ["participants.xlsx", "desk.exportXlsx"],
            ["participants/sheet", "desk.signInSheet"],
          ] as const
        ).map(([path, word]) => (
          <li key={path}>
            <a href={`/dashboard/events/${id}/${path}`} className={wayLook} download={path.includes(".") || undefined}>
              {t(word)}
            </a>
          </li>
        ))}
      </ul>
    </EventFrame>
  );
}
