import type { Metadata } from "next";
import { ButtonLink, Chip, linkLook } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { Comment } from "#app/(visit)/events/[id]/comments/comment.tsx";
import { DecisionForm } from "#app/(visit)/events/[id]/comments/decision-form.tsx";
import { commentShelves, countShelves, listShelf } from "#lib/discussion/comment/queries.ts";
import { getDeskEvent } from "#lib/event/desk/queries.ts";
import { may } from "#lib/policy/staff.ts";
import { Done, EventFrame } from "../../../frame.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const pageSize = 30;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("discussion.title"), robots: { index: false } };
}

/** What is said under one's event: what waits to be approved, what everybody reads, and what was hidden. */
export default async function EventComments({ params, searchParams }: Props) {
  const [{ id }, search] = [await params, await searchParams];
  const page = `/dashboard/events/${encodeURIComponent(id)}/comments`;
  const { viewer } = await signedInAt(page);
  const { t, locale } = await getReader();
  const db = database();
  const found = await getDeskEvent(db, viewer, id, "moderate");
  if (!found) return absent();
  const { event, role } = found;
  const counts = await countShelves(db, id);
  const state = commentShelves.find((one) => one === search.state) ?? (counts.waiting > 0 ? "waiting" : "published");
  const after = typeof search.after === "string" ? search.after : null;
  const rows = await listShelf(db, id, { state, after, limit: pageSize + 1 });
  const shown = rows.slice(0, pageSize);
  return (
    <EventFrame t={t} event={event} role={role} here="comments" title={t("discussion.title")}>
      <div className="grid max-w-[40rem] gap-6">
        <Done t={t} said={search.done} />
        <p>
          {t(`discussion.mode_${event.comments as "open"}`)}{" "}
          {may(role, "change") && (
            <a className={linkLook} href={`/dashboard/events/${id}/edit#field-comments`}>
              {t("discussion.change")}
            </a>
          )}
        </p>
        <nav aria-label={t("discussion.title")}>
          <ul className="flex flex-wrap gap-2">
            {commentShelves.map((one) => (
              <li key={one}>
                <Chip href={`${page}?state=${one}`} chosen={one === state}>
                  {t("desk.shelfCount", { name: t(`discussion.shelf_${one}`), count: counts[one] })}
                </Chip>
              </li>
            ))}
          </ul>
        </nav>
        <h2 className="sr-only">{t(`discussion.shelf_${state}`)}</h2>
        {shown.length === 0 ? (
          <EmptyState seed={id} title={t(`discussion.none_${state}`)} />
        ) : (
          <ul className="grid gap-4">
            {shown.map((comment) => (
              <li key={comment.id} className="rounded-card border border-line bg-surface">
                <Comment t={t} locale={locale} timezone={event.timezone} comment={comment}>
                  <DecisionForm t={t} comment={comment} from={state} />
                </Comment>
              </li>
            ))}
          </ul>
        )}
        {rows.length > pageSize && (
          <p>
            <ButtonLink href={`${page}?state=${state}&after=${shown.at(-1)!.id}`} rel="next">
              {t("desk.showMore")}
            </ButtonLink>
          </p>
        )}
      </div>
    </EventFrame>
  );
}
