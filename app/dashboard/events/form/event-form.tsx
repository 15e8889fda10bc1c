import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { SelectField, TextField } from "#app/_ui/field.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { AboutPart } from "./about.tsx";
import { AdmissionPart } from "./admission.tsx";
import type { FieldName, Fields } from "./fields.ts";
import { labelOf } from "./labels.ts";
import { PracticalPart } from "./practical.tsx";
import { QuestionsPart } from "./questions.tsx";
import { SaveRow } from "./save-row.tsx";
import { type Filled, Section } from "./section.tsx";
import { WhenPart } from "./when.tsx";
import { type Venue, WherePart } from "./where.tsx";

export type Organizer = { id: string; type: string; name: string; handle: string; host: string | null };

type Props = {
  t: Translate;
  locale: Locale;
  action: string;
  state: FormState;
  /** What stands in the form when nothing was typed. */
  known: Partial<Fields>;
  organizers: Organizer[];
  venues: Venue[];
  tags: string[];
  /** The host of the service that knows addresses; null: there is none. */
  geocoder: string | null;
  /** Nobody but its organiser has seen it. */
  draft: boolean;
  /** It saves itself while it is written, where scripts run. */
  savesItself: boolean;
  /** The version that was seen when it was typed, if that is not the one that is known. */
  seen?: string;
};

const parts = ["when", "where", "about", "admission", "questions", "practical"] as const;

/** Everything that an organiser may say of an event, on one page: what is required first. */
export function EventForm({
  t,
  locale,
  action,
  state,
  known,
  organizers,
  venues,
  tags,
  geocoder,
  draft,
  savesItself,
  seen,
}: Props) {
  const { kept } = state;
  const typed = (field: FieldName) => [kept?.values[field] ?? ""].flat().join(",");
  const filled: Filled = {
    t,
    get: (field) => (kept ? typed(field) : (known[field] ?? "")),
    error: state.error,
    label: (field) => labelOf(t, field),
  };
  return (
    <form
      method="post"
      action={action}
      encType="multipart/form-data"
      className="group/form grid gap-x-10 gap-y-6 lg:grid-cols-[14rem_minmax(0,44rem)]"
    >
      <FormGuard path={action} />
      <input type="hidden" name="seen" value={seen ?? known.seen ?? ""} />
      <input type="hidden" name="timezoneProposed" value={filled.get("timezoneProposed")} />
      {/* What Enter in a field presses: never the first button that happens to stand in the page. */}
      <button
        type="submit"
        name="intent"
        value={draft ? "keep" : "keep-shown"}
        tabIndex={-1}
        aria-hidden
        className="sr-only"
      >
        {t(draft ? "desk.saveDraft" : "desk.save")}
      </button>
      <nav aria-label={t("desk.contents")} className="lg:sticky lg:top-4 lg:self-start">
        <ul className="flex flex-wrap gap-x-1 lg:grid">
          {parts.map((part) => (
            <li key={part}>
              <a
                href={`#${part}`}
                className="inline-flex min-h-11 items-center rounded-control px-3 text-accent hover:underline"
              >
                {t(`desk.contents_${part}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="grid min-w-0 gap-6">
        <ErrorSummary t={t} errors={state.errors} />
        {organizers.length > 1 ? (
          <SelectField
            name="organizer"
            label={labelOf(t, "organizer")}
            hint={organizers.some(({ host }) => host !== null) ? t("desk.organizerElsewhere") : undefined}
            defaultValue={filled.get("organizer")}
            error={state.error("organizer")}
          >
            {organizers.map(({ id, name, handle, host }) => (
              <option key={id} value={id}>
                {t("desk.organizerOption", { name: name || handle, handle: host ? `${handle}@${host}` : handle })}
              </option>
            ))}
          </SelectField>
        ) : (
          <input type="hidden" name="organizer" value={organizers[0]?.id ?? ""} />
        )}
        <WhenPart {...filled} />
        <WherePart {...filled} venues={venues} geocoder={geocoder} />
        <AboutPart {...filled} locale={locale} tags={tags} />
        <AdmissionPart {...filled} groups={organizers.some(({ type }) => type === "Group")} />
        <QuestionsPart {...filled} />
        <PracticalPart {...filled} />
        {draft && <LaterPart {...filled} />}
        <SaveRow {...{ t, locale, draft, savesItself }} />
      </div>
    </form>
  );
}

/** Published by itself, at a time to come. */
function LaterPart({ t, get, error, label }: Filled) {
  const open = get("publishDate") !== "" || Boolean(error("publishDate"));
  return (
    <Section id="later" title={t("desk.partLater")} text={t("desk.laterText")}>
      <details open={open}>
        <summary className="min-h-11 py-2 font-semibold text-accent">{t("desk.laterOpen")}</summary>
        <div className="grid gap-4 pt-2 sm:grid-cols-2">
          <TextField
            name="publishDate"
            type="date"
            label={label("publishDate")}
            defaultValue={get("publishDate")}
            error={error("publishDate")}
          />
          <TextField
            name="publishTime"
            type="time"
            label={label("publishTime")}
            defaultValue={get("publishTime")}
            error={error("publishTime")}
          />
          <div>
            <Button name="intent" value="schedule">
              {t("desk.schedule")}
            </Button>
          </div>
        </div>
      </details>
    </Section>
  );
}
