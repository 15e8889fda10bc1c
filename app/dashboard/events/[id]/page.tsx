import type { Metadata } from "next";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { getDeskEvent } from "#lib/event/desk/queries.ts";
import { isContact } from "#lib/event/staff/queries.ts";
import { eventDate, shortDate } from "#lib/locale/dates.ts";
import { countByState } from "#lib/participation/counts/queries.ts";
import { placeLine } from "#lib/place/address.ts";
import { placesLeft } from "#lib/policy/participation.ts";
import { may } from "#lib/policy/staff.ts";
import { absolute, eventPath } from "#lib/urls.ts";
import { Done, EventFrame } from "../../frame.tsx";
import { People } from "../people.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("desk.overview"), robots: { index: false } };
}

const standings = {
  public: "desk.publishedText",
  unlisted: "desk.unlistedText",
  followers: "group.forFollowersHint",
  members: "group.forMembersHint",
} as const;

/** The desk of one event: how it stands, who comes, and what can be done. */
export default async function EventDesk({ params, searchParams }: Props) {
  const [{ id }, { done, count, form }] = [await params, await searchParams];
  const page = `/dashboard/events/${encodeURIComponent(id)}`;
  const { viewer } = await signedInAt(page, form);
  const { t, locale } = await getReader();
  const db = database();
  const found = await getDeskEvent(db, viewer, id, "see");
  if (!found) return absent();
  const { event, place, role, byGroup, refused, organizer } = found;
  const [counts, state, named] = await Promise.all([
    countByState(db, id),
    formState(t, form, page),
    byGroup && isContact(db, viewer, id),
  ]);
  const hidden = event.state !== "published";
  const changes = may(role, "change");
  const scheduled = { startTime: event.publishAt ?? event.startTime, timezone: event.timezone, allDay: false };
  const draft = organizer.type === "Group" && role !== "author" ? "desk.draftOfGroup" : "desk.draftText";
  const standing =
    event.state === "scheduled"
      ? t("desk.scheduledFor", { date: shortDate(locale, scheduled) })
      : t(hidden ? draft : standings[event.visibility as keyof typeof standings]);
  const button = (path: string, word: string, look?: "filled", field?: [string, string]) => (
    <form method="post" action={`${page}/${path}`}>
      <FormGuard path={`${page}/${path}`} />
      {field && <input type="hidden" name={field[0]} value={field[1]} />}
      <Button look={look} className="w-full">
        {word}
      </Button>
    </form>
  );
  return (
    <EventFrame t={t} event={event} role={role} here="overview">
      <Done t={t} said={done} count={count} />
      <ErrorSummary t={t} errors={state.errors} />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,40rem)_20rem] lg:justify-between">
        <div className="grid content-start gap-6">
          {role === "author" && <p>{t("desk.stopped", { name: organizer.name || organizer.handle })}</p>}
          {event.awaiting && !hidden && organizer.host && (
            <p className={`flex items-start gap-2 ${refused ? "font-semibold text-warn" : "text-muted"}`}>
              <Icon name={refused ? "stop" : "clock"} className="mt-0.5" />
              {t(refused ? "desk.refused" : "desk.awaiting", { host: organizer.host })}
            </p>
          )}
          {role && role !== "owner" && role !== "author" && !byGroup && (
            <p>{t("staff.yours", { organizer: organizer.name || organizer.handle, role: t(`staff.role_${role}`) })}</p>
          )}
          <dl className="grid gap-3">
            <div>
              <dt className="text-sm font-semibold text-muted">{t("event.when")}</dt>
              <dd>{eventDate(locale, event)}</dd>
            </div>
            {place && (
              <div>
                <dt className="text-sm font-semibold text-muted">{t("event.where")}</dt>
                <dd dir="auto">{placeLine(place)}</dd>
              </div>
            )}
          </dl>
          <p className="flex items-center gap-2 font-semibold">
            <Icon name={hidden ? "clock" : "globe"} className="text-accent" />
            {event.status === "cancelled" ? t("event.cancelled") : standing}
          </p>
          {byGroup && changes && organizer.host === null && (
            <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <span>{t(named ? "group.contactNow" : "group.contactNone")}</span>
              {button("contact", t(named ? "group.contactOff" : "group.contactOn"), undefined, [
                "named",
                named ? "no" : "yes",
              ])}
            </div>
          )}
          <People t={t} counts={counts} left={placesLeft(event)} url={absolute(eventPath(id))} hidden={hidden} />
        </div>
        <div className="grid content-start gap-3">
          {changes && hidden && button("publication", t("desk.publishNow"), "filled")}
          {changes &&
            event.state === "scheduled" &&
            button("publication", t("desk.unschedule"), undefined, ["later", "never"])}
          {!hidden && may(role, "decide") && counts.pending && (
            <ButtonLink look="filled" href={`${page}/participants`}>
              {t("desk.waiting", { count: counts.pending })}
            </ButtonLink>
          )}
          {!hidden && may(role, "admit") && !may(role, "decide") && (
            <ButtonLink look="filled" href={`${page}/check-in`}>
              {t("door.title")}
            </ButtonLink>
          )}
          <ButtonLink href={eventPath(id)}>{t("desk.seePage")}</ButtonLink>
          {changes && button("copy", t("desk.duplicate"))}
          {role !== "owner" && role !== "author" && !byGroup && button("leaving", t("staff.leave"))}
          {changes && !hidden && event.status !== "cancelled" && (
            <ButtonLink look="danger" href={`${page}/cancellation`} className="mt-4">
              {t("desk.cancelEvent")}
            </ButtonLink>
          )}
          {may(role, "remove") && (
            <ButtonLink look="danger" href={`${page}/deletion`}>
              {t("desk.deleteEvent")}
            </ButtonLink>
          )}
        </div>
      </div>
    </EventFrame>
  );
}
