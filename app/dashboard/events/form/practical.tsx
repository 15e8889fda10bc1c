import { CheckField, SelectField, TextArea, TextField } from "#app/_ui/field.tsx";
import type { FieldName } from "./fields.ts";
import { type Filled, onlyIf, Section } from "./section.tsx";

const currencies = ["EUR", "CHF", "GBP", "USD", "CAD", "SEK", "NOK", "DKK", "PLN", "CZK", "BRL", "JPY", "XOF", "MAD"];

const ats = [1, 2, 3] as const;
const owns = ats.flatMap((at) => [`own${at}_name`, `own${at}_value`] as const);

/** What people want to know before they come; what is left empty is not shown. */
export function PracticalPart({ t, get, error, label }: Filled) {
  const tick = (name: FieldName) => (
    <CheckField name={name} label={label(name)} defaultChecked={get(name) === "yes"} error={error(name)} />
  );
  const line = (name: FieldName, maxLength: number, type = "text") => (
    <TextField
      name={name}
      type={type}
      maxLength={maxLength}
      dir="auto"
      autoComplete="off"
      label={label(name)}
      defaultValue={get(name)}
      error={error(name)}
    />
  );
  const all = [...new Set([...currencies, get("priceCurrency")])].filter(Boolean);
  return (
    <Section id="practical" title={t("desk.partPractical")} text={t("desk.practicalText")}>
      <div className="grid gap-4 sm:grid-cols-[2fr_1fr_1fr]">
        <SelectField name="price" label={label("price")} defaultValue={get("price")} error={error("price")}>
          <option value="">{t("desk.notSaid")}</option>
          <option value="free">{t("desk.priceFree")}</option>
          <option value="amount">{t("desk.priceSome")}</option>
        </SelectField>
        <TextField
          name="priceAmount"
          className={onlyIf.price}
          inputMode="decimal"
          maxLength={12}
          autoComplete="off"
          label={label("priceAmount")}
          defaultValue={get("priceAmount")}
          error={error("priceAmount")}
        />
        <SelectField
          name="priceCurrency"
          className={onlyIf.price}
          label={label("priceCurrency")}
          defaultValue={get("priceCurrency") || "EUR"}
          error={error("priceCurrency")}
        >
          {all.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </SelectField>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          name="wheelchair"
          label={label("wheelchair")}
          defaultValue={get("wheelchair")}
          error={error("wheelchair")}
        >
          <option value="">{t("desk.notSaid")}</option>
          <option value="yes">{t("event.wheelchairYes")}</option>
          <option value="partly">{t("event.wheelchairPartly")}</option>
          <option value="no">{t("event.wheelchairNo")}</option>
        </SelectField>
        {line("age", 100)}
      </div>
      <fieldset className="grid sm:grid-cols-2">
        <legend className="font-semibold">{t("desk.access")}</legend>
        {tick("hearingLoop")}
        {tick("signLanguage")}
        {tick("captions")}
        {tick("quietSpace")}
      </fieldset>
      {line("bring", 500)}
      <TextArea
        name="schedule"
        rows={4}
        maxLength={3000}
        dir="auto"
        label={label("schedule")}
        defaultValue={get("schedule")}
        error={error("schedule")}
      />
      {line("liveStream", 2048, "url")}
      {line("replay", 2048, "url")}
      <details open={owns.some((name) => get(name) !== "" || error(name) !== null)}>
        <summary className="min-h-11 content-center font-semibold text-accent">{t("desk.own")}</summary>
        <div className="grid gap-4 pt-1">
          {ats.map((at) => (
            <div key={at} className="grid gap-4 sm:grid-cols-2">
              {line(`own${at}_name`, 60)}
              {line(`own${at}_value`, 300)}
            </div>
          ))}
        </div>
      </details>
    </Section>
  );
}
