import { CheckField, PictureField, TextField } from "#app/_ui/field.tsx";
import { mediaPath } from "#lib/urls.ts";
import { coverOf } from "./fields.ts";
import type { Filled } from "./section.tsx";

/** The picture of a thing: the one that it has, another, or none; and what it shows. */
export function CoverFields({ t, get, error, label, hint }: Filled & { hint: string }) {
  const kept = coverOf({ cover: get("cover"), coverKept: get("coverKept"), coverRemoved: "" });
  return (
    <fieldset className="grid gap-4">
      <legend className="sr-only">{label("cover")}</legend>
      <input type="hidden" name="coverKept" value={get("cover") || get("coverKept")} />
      {kept && (
        <img
          src={mediaPath(kept)}
          alt={get("coverName")}
          className="h-40 w-full rounded-card border border-line object-cover"
        />
      )}
      <PictureField name="cover" label={label("cover")} mark={t("site.optional")} hint={hint} error={error("cover")} />
      <TextField
        name="coverName"
        maxLength={1500}
        dir="auto"
        autoComplete="off"
        label={label("coverName")}
        hint={t("desk.coverNameHint")}
        defaultValue={get("coverName")}
        error={error("coverName")}
      />
      <div>
        <CheckField
          name="coverDecorative"
          label={label("coverDecorative")}
          defaultChecked={get("coverDecorative") === "yes"}
          error={error("coverDecorative")}
        />
        {kept && (
          <CheckField
            name="coverRemoved"
            label={label("coverRemoved")}
            defaultChecked={get("coverRemoved") === "yes"}
            error={error("coverRemoved")}
          />
        )}
      </div>
    </fieldset>
  );
}
