import type { Metadata } from "next";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { RadioField } from "#app/_ui/radio-field.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { getDeskEvent } from "#lib/event/desk/queries.ts";
import { listStaff } from "#lib/event/staff/queries.ts";
import { staffRoles } from "#lib/policy/staff.ts";
import { Done, EventFrame } from "../../../frame.tsx";
import { Member } from "./member.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("staff.title"), robots: { index: false } };
}

/** Who helps with an event, who is invited to, and the form that invites. */
export default async function Team({ params, searchParams }: Props) {
  const [{ id }, { form, done }] = [await params, await searchParams];
  const page = `/dashboard/events/${encodeURIComponent(id)}/team`;
  const { viewer } = await signedInAt(page, form);
  const { t, locale } = await getReader();
  const db = database();
  const found = await getDeskEvent(db, viewer, id, "staff");
  if (!found) return absent();
  const labels = { who: t("staff.who"), role: t("staff.as") };
  const [state, staff] = await Promise.all([formState(t, form, page, labels), listStaff(db, id)]);
  const action = `${page}/invitation`;
  return (
    <EventFrame t={t} event={found.event} role={found.role} here="team" title={t("staff.title")}>
      <div className="grid max-w-[40rem] gap-8">
        <Done t={t} said={done} />
        <p>{t("staff.text")}</p>
        {staff.length === 0 ? (
          <p className="text-muted">{t("staff.none")}</p>
        ) : (
          <ul className="grid gap-3">
            {staff.map((member) => (
              <li key={member.id}>
                <Member t={t} locale={locale} zone={found.event.timezone} action={`${page}/removal`} member={member} />
              </li>
            ))}
          </ul>
        )}
        <form method="post" action={action} className="grid gap-5 border-t border-line pt-6">
          <h2 className="text-xl">{t("staff.inviteTitle")}</h2>
          <FormGuard path={action} />
          <ErrorSummary t={t} errors={state.errors} />
          <TextField
            name="who"
            required
            maxLength={254}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            label={labels.who}
            hint={t("staff.whoHint")}
            defaultValue={state.value("who")}
            error={state.error("who")}
          />
          <RadioField
            name="role"
            legend={labels.role}
            value={state.value("role", "organizer")}
            error={state.error("role")}
            choices={staffRoles.map((role) => ({
              value: role,
              label: t(`staff.role_${role}`),
              hint: t(`staff.hint_${role}`),
            }))}
          />
          <p>
            <Button look="filled">{t("staff.invite")}</Button>
          </p>
        </form>
      </div>
    </EventFrame>
  );
}
