import { CheckField, SelectField, TextField } from "#app/_ui/field.tsx";
import { zoneOfPlace } from "./fields.ts";
import { type Filled, Section } from "./section.tsx";

/** Zones by continent, as the machine knows them. */
function zoneGroups(): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const zone of Intl.supportedValuesOf("timeZone")) {
    const [continent = "", ...rest] = zone.split("/");
    if (rest.length > 0) groups.set(continent, [...(groups.get(continent) ?? []), zone]);
  }
  return [...groups, ["UTC", ["UTC"]]];
}

/** Title, then when: what a poster says first. */
export function WhenPart({ t, get, error, label }: Filled) {
  const groups = zoneGroups();
  const known = groups.some(([, zones]) => zones.includes(get("timezone")));
  const field = (name: "startDate" | "startTime" | "endDate" | "endTime") => ({
    name,
    label: label(name),
    defaultValue: get(name),
    error: error(name),
  });
  return (
    <Section id="when" title={t("desk.partWhen")}>
      <TextField
        name="name"
        required
        maxLength={200}
        dir="auto"
        autoComplete="off"
        label={label("name")}
        mark={t("site.required")}
        hint={t("desk.nameHint")}
        defaultValue={get("name")}
        error={error("name")}
      />
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,8.5rem)] gap-x-3 gap-y-4 sm:max-w-md">
        <TextField {...field("startDate")} type="date" required mark={t("site.required")} />
        <TextField {...field("startTime")} type="time" />
        <TextField {...field("endDate")} type="date" mark={t("site.optional")} />
        <TextField {...field("endTime")} type="time" mark={t("site.optional")} />
      </div>
      <CheckField
        name="allDay"
        label={label("allDay")}
        hint={t("desk.allDayHint")}
        defaultChecked={get("allDay") === "yes"}
        error={error("allDay")}
      />
      <SelectField
        name="timezone"
        label={label("timezone")}
        hint={t("desk.timezoneHint")}
        defaultValue={get("timezone")}
        error={error("timezone")}
        className="sm:max-w-md"
      >
        <option value={zoneOfPlace}>{t("desk.timezoneOfPlace")}</option>
        {!known && get("timezone") && get("timezone") !== zoneOfPlace && (
          <option value={get("timezone")}>{get("timezone")}</option>
        )}
        {groups.map(([continent, zones]) => (
          <optgroup key={continent} label={continent}>
            {zones.map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll("_", " ")}
              </option>
            ))}
          </optgroup>
        ))}
      </SelectField>
      <SelectField
        name="status"
        label={label("status")}
        defaultValue={get("status") || "confirmed"}
        error={error("status")}
        className="sm:max-w-md"
      >
        <option value="confirmed">{t("desk.statusConfirmed")}</option>
        <option value="tentative">{t("desk.statusTentative")}</option>
        {get("status") === "cancelled" && <option value="cancelled">{t("event.cancelledWord")}</option>}
      </SelectField>
    </Section>
  );
}
