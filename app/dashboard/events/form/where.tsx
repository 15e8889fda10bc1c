import { CheckField, SelectField, TextField } from "#app/_ui/field.tsx";
import { RadioField } from "#app/_ui/radio-field.tsx";
import type { FieldName } from "./fields.ts";
import { LookUp } from "./places.tsx";
import { type Filled, onlyIf, Section } from "./section.tsx";

export type Venue = { id: string; words: string };

/** What of an address few need. */
const more = ["room", "addressRegion", "addressCountry", "coordinates"] as const;

type Props = Filled & { venues: Venue[]; geocoder: string | null };

/** Where: in person, online, or both; places of earlier events are offered first, then any address. */
export function WherePart({ venues, geocoder, ...filled }: Props) {
  const { t, get, error, label } = filled;
  const line = (name: FieldName, maxLength: number, autoComplete = "off") => (
    <TextField
      name={name}
      maxLength={maxLength}
      dir="auto"
      autoComplete={autoComplete}
      label={label(name)}
      defaultValue={get(name)}
      error={error(name)}
    />
  );
  return (
    <Section id="where" title={t("desk.partWhere")}>
      <RadioField
        name="attendanceMode"
        legend={label("attendanceMode")}
        value={get("attendanceMode") || "offline"}
        error={error("attendanceMode")}
        choices={[
          { value: "offline", label: t("desk.modeOffline") },
          { value: "online", label: t("desk.modeOnline") },
          { value: "mixed", label: t("desk.modeMixed") },
        ]}
      />
      <fieldset id="place" tabIndex={-1} className={`grid gap-4 ${onlyIf.place}`}>
        <legend className="mb-1 text-lg font-semibold">{t("desk.place")}</legend>
        {venues.length > 0 && (
          <SelectField
            name="venue"
            label={label("venue")}
            hint={t("desk.venueHint")}
            defaultValue={get("venue")}
            error={error("venue")}
          >
            <option value="">{t("desk.venueNew")}</option>
            {venues.map(({ id, words }) => (
              <option key={id} value={id}>
                {words}
              </option>
            ))}
          </SelectField>
        )}
        {line("placeName", 200)}
        {line("streetAddress", 200)}
        <div className="grid gap-4 sm:grid-cols-2">
          {line("postalCode", 20)}
          {line("addressLocality", 120)}
        </div>
        <details open={more.some((name) => get(name) !== "" || error(name) !== null)}>
          <summary className="min-h-11 content-center font-semibold text-accent">{t("desk.placeMore")}</summary>
          <div className="grid gap-4 pt-1 sm:grid-cols-2">
            {line("room", 120)}
            {line("addressRegion", 120)}
            {line("addressCountry", 120)}
            <TextField
              name="coordinates"
              inputMode="decimal"
              autoComplete="off"
              label={label("coordinates")}
              mark={t("site.optional")}
              hint={t("desk.coordinatesHint")}
              defaultValue={get("coordinates")}
              error={error("coordinates")}
            />
          </div>
        </details>
        {geocoder && <LookUp {...filled} geocoder={geocoder} />}
        <CheckField
          name="placeKept"
          label={label("placeKept")}
          hint={t("desk.placeKeptHint")}
          defaultChecked={get("placeKept") === "yes"}
          error={error("placeKept")}
        />
      </fieldset>
      <div className={`grid gap-4 ${onlyIf.online}`}>
        <TextField
          name="onlineUrl"
          type="url"
          maxLength={2048}
          label={label("onlineUrl")}
          mark={t("site.optional")}
          hint={t("desk.onlineUrlHint")}
          defaultValue={get("onlineUrl")}
          error={error("onlineUrl")}
        />
        <CheckField
          name="onlineKept"
          label={label("onlineKept")}
          hint={t("desk.onlineKeptHint")}
          defaultChecked={get("onlineKept") === "yes"}
          error={error("onlineKept")}
        />
      </div>
    </Section>
  );
}
