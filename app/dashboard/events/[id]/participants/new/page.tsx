import type { Metadata } from "next";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { SelectField, TextField } from "#app/_ui/field.tsx";
import { database } from "#app/_web/database.ts";
import { formGone } from "#app/_web/form-gone.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { typedBefore } from "#app/_web/typed-before.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { getDecidableEvent } from "#lib/participation/desk/queries.ts";
import { EventFrame } from "../../../../frame.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("desk.addTitle"), robots: { index: false } };
}

/** Somebody who asked by telephone, or stands at the door. */
export default async function AddPerson({ params, searchParams }: Props) {
  const [{ id }, { form }] = [await params, await searchParams];
  const page = `/dashboard/events/${encodeURIComponent(id)}/participants/new`;
  const { viewer } = await signedInAt(page, form);
  const { t } = await getReader();
  const at = await getDecidableEvent(database(), viewer, id);
  const labels = { name: t("desk.addName"), email: t("desk.addEmail"), guests: t("desk.addGuests") };
  if (!at) return formGone(t, await typedBefore(form, page), labels);
  const state = await formState(t, form, page, labels);
  const action = `${page}/request`;
  return (
    <EventFrame t={t} event={at.event} role={at.role} here="participants" title={t("desk.addTitle")}>
      <form method="post" action={action} className="grid max-w-[40rem] gap-5">
        <FormGuard path={action} />
        <ErrorSummary t={t} errors={state.errors} />
        <p>{t("desk.addText")}</p>
        <TextField
          name="name"
          required
          maxLength={100}
          dir="auto"
          autoComplete="off"
          label={labels.name}
          mark={t("site.required")}
          defaultValue={state.value("name")}
          error={state.error("name")}
        />
        <TextField
          name="email"
          type="email"
          maxLength={254}
          autoComplete="off"
          label={labels.email}
          mark={t("site.optional")}
          defaultValue={state.value("email")}
          error={state.error("email")}
        />
        <SelectField
          name="guests"
          label={labels.guests}
          defaultValue={state.value("guests", "0")}
          error={state.error("guests")}
        >
          {[0, 1, 2, 3, 4, 5].map((count) => (
            <option key={count} value={count}>
              {t("desk.guests", { count })}
            </option>
          ))}
        </SelectField>
        <div className="flex flex-wrap gap-3">
          <Button look="filled">{t("desk.addButton")}</Button>
          <ButtonLink href={`/dashboard/events/${id}/participants`}>{t("desk.participants")}</ButtonLink>
        </div>
      </form>
    </EventFrame>
  );
}
