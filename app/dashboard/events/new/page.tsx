import type { Metadata } from "next";
import { database } from "#app/_web/database.ts";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { listOrganisers } from "#lib/group/queries.ts";
import { EventForm } from "../form/event-form.tsx";
import { labelsOf } from "../form/labels.ts";
import { offered } from "../form/offered.ts";
import { firstValues } from "../form/values.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const here = "/dashboard/events/new";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("desk.newTitle"), robots: { index: false } };
}

/** A new event: one page, what is required first. */
export default async function NewEvent({ searchParams }: Props) {
  const { form, as } = await searchParams;
  const { viewer, timezone } = await signedInAt(here, form);
  const { t, locale } = await getReader();
  const db = database();
  const state = await formState(t, form, here, labelsOf(t));
  const organizers = await listOrganisers(db, viewer);
  const ids = organizers.map(({ id }) => id);
  const offers = await offered(db, ids);
  const chosen = ids.find((id) => id === as) ?? ids[0] ?? "";
  return (
    <div className="grid gap-6 py-8">
      <h1>{t("desk.newTitle")}</h1>
      <EventForm
        {...{ t, locale, state, organizers, ...offers }}
        action="/dashboard/events"
        known={firstValues(new Date(), timezone, locale, chosen)}
        draft
        savesItself
      />
    </div>
  );
}
