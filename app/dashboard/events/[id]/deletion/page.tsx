import type { Metadata } from "next";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { getDeskEvent } from "#lib/event/desk/queries.ts";
import { countToldParticipations } from "#lib/notification/queries.ts";
import { EventFrame } from "../../../frame.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("desk.deleteTitle"), robots: { index: false } };
}

/** Delete an event for good: only who types its title means it. */
export default async function DeleteEvent({ params, searchParams }: Props) {
  const [{ id }, { form }] = [await params, await searchParams];
  const page = `/dashboard/events/${encodeURIComponent(id)}/deletion`;
  const { viewer } = await signedInAt(page, form);
  const { t } = await getReader();
  const db = database();
  const found = await getDeskEvent(db, viewer, id, "remove");
  if (!found) return absent();
  const { event } = found;
  const labels = { title: t("desk.deleteField") };
  const [state, told] = await Promise.all([formState(t, form, page, labels), countToldParticipations(db, id)]);
  const action = `${page}/request`;
  return (
    <EventFrame t={t} event={event} role={found.role} here={null} title={t("desk.deleteTitle")}>
      <div className="grid max-w-[40rem] gap-5">
        <ErrorSummary t={t} errors={state.errors} />
        <p>{t(event.publishedAt ? "desk.deleteText" : "desk.deleteDraftText")}</p>
        {event.publishedAt && event.status !== "cancelled" && event.endTime > new Date() && (
          <p className="font-semibold">{t("desk.cancelTells", { count: told })}</p>
        )}
        <form method="post" action={action} className="grid gap-5">
          <FormGuard path={action} />
          <TextField
            name="title"
            maxLength={300}
            autoComplete="off"
            dir="auto"
            label={labels.title}
            hint={t("desk.deleteType", { name: event.name })}
            defaultValue={state.value("title")}
            error={state.error("title")}
          />
          <div className="flex flex-wrap gap-3">
            <Button look="danger-filled">{t("desk.deleteButton")}</Button>
            <ButtonLink href={`/dashboard/events/${id}`}>{t("desk.keep")}</ButtonLink>
          </div>
        </form>
      </div>
    </EventFrame>
  );
}
