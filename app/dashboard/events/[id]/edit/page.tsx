import type { Metadata } from "next";
import { Notice } from "#app/_ui/notice.tsx";
import { database } from "#app/_web/database.ts";
import { formGone } from "#app/_web/form-gone.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { answerWith } from "#app/_web/request.ts";
import { typedBefore } from "#app/_web/typed-before.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { getDeskEvent } from "#lib/event/desk/queries.ts";
import { countToldParticipations } from "#lib/notification/queries.ts";
import { Done, EventFrame } from "../../../frame.tsx";
import { EventForm } from "../../form/event-form.tsx";
import { labelsOf } from "../../form/labels.ts";
import { offered } from "../../form/offered.ts";
import { valuesOf } from "../../form/values.ts";
import { Versions } from "../../form/versions.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("desk.editTitle"), robots: { index: false } };
}

/** Change an event. When somebody else saved meanwhile: both versions, one's own still in the form. */
export default async function EditEvent({ params, searchParams }: Props) {
  const [{ id }, { form, done }] = [await params, await searchParams];
  const page = `/dashboard/events/${encodeURIComponent(id)}/edit`;
  const { viewer, timezone } = await signedInAt(page, form);
  const { t, locale } = await getReader();
  const db = database();
  const found = await getDeskEvent(db, viewer, id);
  const labels = labelsOf(t);
  if (!found) return formGone(t, await typedBefore(form, page), labels);
  const { event, organizer } = found;
  const state = await formState(t, form, page, labels);
  const conflict = state.kept?.errors[""] === "changed-meanwhile";
  if (conflict) answerWith(409);
  const saved = valuesOf(found);
  // A draft that has no place yet, and the zone that every new event has: nobody chose it.
  const follows = event.state !== "published" && found.place?.latitude == null && event.timezone === timezone;
  const known = { ...saved, timezoneProposed: follows ? timezone : "" };
  const [offers, told] = await Promise.all([
    offered(db, [...viewer.actorIds, organizer.id]),
    countToldParticipations(db, id),
  ]);
  return (
    <EventFrame t={t} event={event} role={found.role} here="edit" title={t("desk.editTitle")}>
      <Done t={t} said={done} />
      {conflict ? (
        <Versions {...{ t, labels }} saved={known} typed={state.kept!.values} title={t("desk.conflictTitle")} />
      ) : (
        event.state === "published" && <Notice kind="info" icon="mail" title={t("desk.willMail", { count: told })} />
      )}
      <EventForm
        {...{ t, locale, known, ...offers }}
        state={conflict ? { ...state, errors: [] } : state}
        organizers={[organizer]}
        action={`/dashboard/events/${id}/revision`}
        draft={event.state !== "published"}
        savesItself={event.state === "draft" && !conflict}
        seen={conflict ? undefined : state.kept ? state.value("seen") : undefined}
      />
    </EventFrame>
  );
}
