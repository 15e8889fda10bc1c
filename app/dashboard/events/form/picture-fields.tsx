import { fieldId, PictureField, TextField } from "#app/_ui/field.tsx";
import { mediaPath } from "#lib/urls.ts";
import { pictureFor } from "./picture.ts";
import { PictureIsland } from "./picture-island.tsx";
import type { Filled } from "./section.tsx";

const told = ["required", "words-required", "file-unreadable", "too-large", "too-many-requests"] as const;

/** A picture for the description, and what it shows; the button puts it into the text. */
export function PictureFields({ t, get, error, label }: Filled) {
  const kept = pictureFor({ picture: get("picture"), pictureKept: get("pictureKept") });
  const wrong = error("picture");
  const sentences = Object.fromEntries(told.map((code) => [code, t(`refusals.${code}`)]));
  return (
    <details open={kept !== null || wrong !== null} className="rounded-control border border-line px-4">
      <summary className="flex min-h-11 items-center font-semibold after:ms-auto">{t("desk.pictureTitle")}</summary>
      <div className="grid gap-4 pt-1 pb-4">
        <input type="hidden" name="pictureKept" value={get("picture") || get("pictureKept")} />
        {kept && <img src={mediaPath(kept)} alt={get("pictureName")} className="max-h-40 rounded-control" />}
        <PictureField name="picture" label={label("picture")} error={wrong} />
        <TextField
          name="pictureName"
          maxLength={300}
          dir="auto"
          autoComplete="off"
          label={label("pictureName")}
          hint={t("desk.coverNameHint")}
          defaultValue={get("pictureName")}
          error={error("pictureName")}
        />
        <PictureIsland
          field={fieldId("content")}
          words={{ button: t("desk.pictureButton"), done: t("desk.pictureDone"), away: t("desk.pictureAway") }}
          sentences={sentences}
        />
      </div>
    </details>
  );
}
