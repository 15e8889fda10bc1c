import type { Metadata } from "next";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { CheckField } from "#app/_ui/field.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import {
  followerSubjects,
  newsSubjects,
  organizerSubjects,
  reminderSubjects,
} from "#lib/notification/choice/matrix.ts";
import { getMatrix } from "#lib/notification/choice/queries.ts";
import { Frame, Part } from "../frame.tsx";
import { CadenceRow } from "./cadence-row.tsx";
import { Unreached } from "./unreached.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("notice.title"), robots: { index: false } };
}

/** Which mails one gets, and how often: one matrix, one button. */
export default async function Notifications({ searchParams }: Props) {
  const here = "/settings/notifications";
  const search = await searchParams;
  const { viewer, email, timezone } = await signedInAt(here, search.form);
  const { t } = await getReader();
  const matrix = await getMatrix(database(), viewer.accountId);
  const labels = Object.fromEntries(
    [...newsSubjects, "discussions" as const].map((subject) => [subject, t(`notice.${subject}`)]),
  );
  const { errors, error, value } = await formState(t, search.form, here, labels);
  const action = `${here}/choice`;
  // A refused form comes back as it was sent: a box that is not named was not ticked.
  const ticked = (name: keyof typeof matrix) =>
    errors.length > 0 ? value(name, "") === "yes" : matrix[name] !== "off";
  return (
    <Frame t={t} here={here} title={t("notice.title")} said={search.done}>
      <Unreached t={t} email={email} />
      <ErrorSummary t={t} errors={errors} />
      <p>{t("notice.intro", { address: email })}</p>
      <form method="post" action={action} className="grid gap-6">
        <FormGuard path={action} />
        <Part title={t("notice.participant")}>
          <p className="text-muted">{t("notice.participantText")}</p>
          <fieldset>
            <legend className="font-semibold">{t("notice.reminders")}</legend>
            {reminderSubjects.map((name) => (
              <CheckField key={name} name={name} label={t(`notice.${name}`)} defaultChecked={ticked(name)} />
            ))}
          </fieldset>
        </Part>
        <Part title={t("notice.organizer")}>
          <p className="text-muted">{t("notice.organizerText")}</p>
          <div className="grid gap-4">
            {organizerSubjects.map((name) => (
              <CadenceRow key={name} t={t} name={name} value={value(name, matrix[name])} error={error(name)} />
            ))}
          </div>
        </Part>
        <Part title={t("notice.follower")}>
          <p className="text-muted">{t("notice.followerText")}</p>
          <div className="grid gap-4">
            {followerSubjects.map((name) => (
              <CadenceRow key={name} t={t} name={name} value={value(name, matrix[name])} error={error(name)} />
            ))}
          </div>
        </Part>
        <Part title={t("talk.settings")}>
          <p className="text-muted">{t("talk.settingsText")}</p>
          <CadenceRow
            t={t}
            name="discussions"
            value={value("discussions", matrix.discussions)}
            error={error("discussions")}
          />
        </Part>
        <Part title={t("notice.invitationsTitle")}>
          <CheckField
            name="invitations"
            label={t("notice.invitations")}
            hint={t("notice.invitationsHint")}
            defaultChecked={ticked("invitations")}
          />
          <CheckField
            name="mentions"
            label={t("notice.mentions")}
            hint={t("notice.mentionsHint")}
            defaultChecked={ticked("mentions")}
          />
        </Part>
        <p className="text-sm text-muted">
          {t("notice.zone", { zone: timezone.replaceAll("_", " "), page: t("account.preferences") })}
        </p>
        <div>
          <Button look="filled">{t("account.save")}</Button>
        </div>
      </form>
    </Frame>
  );
}
