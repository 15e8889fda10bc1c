import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { EmailField, SelectField, TextArea, TextField } from "#app/_ui/field.tsx";
import { GuestsField, QuestionFields } from "#app/_ui/question-fields.tsx";
import { Trap } from "#app/_ui/trap.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import { GuardSlot } from "#app/_web/still.tsx";
import type { Translate } from "#lib/locale/index.ts";
import type { QuestionRow } from "#lib/participation/answers/input.ts";
import type { JoinableEvent } from "./join-card.tsx";

type Props = {
  t: Translate;
  event: JoinableEvent;
  organizer: string;
  questions: QuestionRow[];
  state: FormState;
  retentionDays: number;
  /** No place is left: who joins waits in line, behind so many (0 also where the organiser hides counts). */
  waits: boolean;
  waiting: number;
  /** Of whoever is signed in, the one who acts first: one of them takes part, and no address is asked. */
  profiles: Profile[] | null;
};

/** What the controls of joining are called, and of changing that later. */
export const joinLabels = (t: Translate, questions: Pick<QuestionRow, "id" | "label">[]): Record<string, string> => ({
  actor: t("participation.asProfile"),
  email: t("participation.email"),
  name: t("participation.name"),
  guests: t("participation.guests"),
  message: t("participation.message"),
  ...Object.fromEntries(questions.map(({ id, label }) => [`answers[${id}]`, label])),
});

type Profile = { id: string; name: string; handle: string };

/** The form on the event's page, within still markup. No modal; in words: which mails follow, who sees name and address, until when. */
export function JoinForm({ t, event, organizer, questions, state, retentionDays, waits, waiting, profiles }: Props) {
  const path = `/events/${event.id}/${profiles ? "place" : "participations"}`;
  const { value, error, errors } = state;
  const approval = event.joinMode === "approval";
  return (
    <form method="post" action={path} className="grid gap-4">
      <GuardSlot path={path} />
      <ErrorSummary t={t} errors={errors} />
      {waits && <p className="font-semibold">{t(approval ? "participation.waitAsk" : "participation.waitText")}</p>}
      {approval && <p>{t("participation.approval")}</p>}
      {profiles ? (
        <AsProfile t={t} profiles={profiles} value={value("actor")} error={error("actor")} />
      ) : (
        <ByMail t={t} nameRequired={event.nameRequired} value={value} error={error} />
      )}
      {event.maximumGuests > 0 && (
        <GuestsField t={t} most={event.maximumGuests} value={value("guests")} error={error("guests")} />
      )}
      {approval && (
        <TextArea
          name="message"
          maxLength={1000}
          dir="auto"
          label={t("participation.message")}
          mark={t("site.optional")}
          hint={t("participation.messageHint")}
          defaultValue={value("message")}
          error={error("message")}
        />
      )}
      <QuestionFields t={t} questions={questions} value={(id) => value(`answers[${id}]`)} error={error} />
      <Button look="filled">
        {approval
          ? t("participation.askButton")
          : waits
            ? waiting > 0
              ? t("participation.waitButtonBefore", { count: waiting })
              : t("participation.waitButton")
            : t("participation.comingButton")}
      </Button>
      <details className="text-sm">
        <summary className="flex min-h-6 items-center py-1 font-semibold after:ms-auto">
          {t("participation.privacyTitle")}
        </summary>
        <ul className="grid list-disc gap-1 ps-5 text-muted">
          <li>{t(profiles ? "participation.privacyWhoProfile" : "participation.privacyWho", { organizer })}</li>
          <li>{t(profiles ? "participation.privacyMailsProfile" : "participation.privacyMails")}</li>
          <li>
            {t(profiles ? "participation.privacyErasedProfile" : "participation.privacyErased", {
              days: retentionDays,
            })}
          </li>
        </ul>
      </details>
    </form>
  );
}

type Asked = { t: Translate; value: (name: string) => string; error: (field: string) => string | null };

/** Without an account: an address, and a name if one likes. */
function ByMail({ t, nameRequired, value, error }: Asked & { nameRequired: boolean }) {
  return (
    <>
      <EmailField
        label={t("participation.email")}
        mark={t("site.required")}
        hint={t("participation.emailHint")}
        defaultValue={value("email")}
        error={error("email")}
      />
      <TextField
        name="name"
        type="text"
        required={nameRequired}
        autoComplete="name"
        maxLength={100}
        dir="auto"
        label={t("participation.name")}
        mark={t(nameRequired ? "site.required" : "site.optional")}
        hint={t("participation.nameHint")}
        defaultValue={value("name")}
        error={error("name")}
      />
      <Trap t={t} />
    </>
  );
}

/** Signed in: as whom. */
function AsProfile({
  t,
  profiles,
  value,
  error,
}: {
  t: Translate;
  profiles: Profile[];
  value: string;
  error: string | null;
}) {
  const [first] = profiles;
  const label = ({ name, handle }: Profile) => (name ? `${name} (@${handle})` : `@${handle}`);
  if (profiles.length === 1 && first)
    return (
      <p className="[overflow-wrap:anywhere]">
        <input type="hidden" name="actor" value={first.id} />
        {t("participation.asYourself", { name: label(first) })}
      </p>
    );
  return (
    <SelectField
      name="actor"
      label={t("participation.asProfile")}
      hint={t("participation.asProfileHint")}
      defaultValue={value || first?.id}
      error={error}
    >
      {profiles.map((profile) => (
        <option key={profile.id} value={profile.id}>
          {label(profile)}
        </option>
      ))}
    </SelectField>
  );
}
