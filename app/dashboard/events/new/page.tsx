import type { Metadata } from "next";
import { database } from "#app/_web/database.ts";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { listActorsOf } from "#lib/actor/queries.ts";
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
  const { form } = await searchParams;
  const { viewer, timezone } = await signedInAt(typeof form === "string" ? `${here}?form=${form}` : here);
  const { t, locale } = await getReader();
  const db = database();
  const state = await formState(t, form, here, labelsOf(t));
  const [organizers, offers] = await Promise.all([listActorsOf(db, viewer.accountId), offered(db, viewer)]);
  const [chosen = ""] = viewer.actorIds;
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
