import { Button } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { GuestsField } from "#app/_ui/question-fields.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import type { ParticipationByToken } from "#lib/participation/queries.ts";
import { joinObstacle, mustWait } from "#lib/policy/participation.ts";

type Props = { t: Translate; locale: Locale; path: string; found: ParticipationByToken; state: FormState };

/** An instant in a participant's own zone, for "you have until …". */
export const untilWords = (locale: Locale, timezone: string, instant: Date): string =>
  dateFormat(locale, timezone, {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(instant);

/** The one button: what is asked is confirmed, or who has left comes back; or why that cannot be, for now. */
export function ConfirmForm({ t, locale, path, found, state }: Props) {
  const { event, participation, now } = found;
  const fresh = participation.state === "unconfirmed";
  const approval = event.joinMode === "approval";
  const obstacle = joinObstacle(event, 1, now);
  const action = `${path}/confirmation`;
  const until = participation.expiresAt && untilWords(locale, participation.timezone, participation.expiresAt);
  if (obstacle)
    return (
      <Notice kind="warn" title={t(`refusals.${obstacle}`)}>
        {fresh && until && <p>{t("participation.notNow", { date: until })}</p>}
      </Notice>
    );
  const full = mustWait(event, 1);
  const waits = mustWait(event, 1 + participation.guests);
  const most = Math.max(event.maximumGuests, participation.guests);
  const words = fresh
    ? (["participation.requestButton", "participation.confirmButton"] as const)
    : (["participation.askAgainButton", "participation.comeBackButton"] as const);
  return (
    <form method="post" action={action} className="grid justify-items-start gap-4">
      <FormGuard path={action} />
      {waits && !approval ? (
        <p>{t(full ? "participation.waitText" : "participation.waitParty")}</p>
      ) : (
        fresh && <p>{t(approval ? "participation.toRequestText" : "participation.toConfirmText")}</p>
      )}
      {fresh && <Asked t={t} found={found} />}
      {most > 0 && (
        <GuestsField
          t={t}
          most={most}
          value={state.value("guests", String(participation.guests))}
          error={state.error("guests")}
        />
      )}
      <Button look="filled" className="min-h-14 px-8 text-lg">
        {t(full && !approval ? "participation.waitButton" : words[approval ? 0 : 1])}
      </Button>
      {fresh && until && <p className="text-sm text-muted">{t("participation.confirmUntil", { date: until })}</p>}
    </form>
  );
}

/** What was asked at their address, which anybody may have typed: it becomes theirs by the button. */
function Asked({ t, found: { participation, asked } }: Pick<Props, "t" | "found">) {
  const lines = [
    [t("participation.name"), participation.name],
    [t("participation.message"), participation.message],
    ...asked.map(({ question, value }) => [question.label, value]),
  ].filter(([, value]) => value);
  if (lines.length === 0) return null;
  return (
    <dl className="grid gap-2">
      {lines.map(([term, value]) => (
        <div key={term}>
          <dt className="text-sm font-semibold text-muted" dir="auto">
            {term}
          </dt>
          <dd className="whitespace-pre-line" dir="auto">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
