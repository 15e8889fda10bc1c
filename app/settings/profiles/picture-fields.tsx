import { Avatar } from "#app/_ui/avatar.tsx";
import { CheckField, PictureField } from "#app/_ui/field.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import type { Translate } from "#lib/locale/index.ts";
import { pictureOf, pictureToken } from "#lib/media/token.ts";
import { mediaPath } from "#lib/urls.ts";

type Props = {
  t: Translate;
  state: FormState;
  name: "icon" | "image";
  label: string;
  hint: string;
  /** What the box says that takes it away. */
  removed: string;
  /** The one that is there. */
  pictureId: string | null;
  wide?: boolean;
};

/** The picture of a profile or a group: the one that it has, another, or none. */
export function PictureFields({ t, state, name, label, hint, removed, pictureId, wide }: Props) {
  const had = pictureId ? pictureToken(pictureId) : "";
  const token = state.value(name) || state.value(`${name}Kept`, had);
  const kept = pictureOf({ fresh: "", kept: token, removed: "" });
  return (
    <div className="grid gap-1">
      <input type="hidden" name={`${name}Kept`} value={token} />
      {kept && wide && (
        <img
          src={mediaPath(kept)}
          alt=""
          className="h-24 w-full rounded-control border border-line object-cover sm:h-32"
        />
      )}
      <div className="flex items-end gap-4">
        {kept && !wide && <Avatar src={mediaPath(kept)} size="head" />}
        <PictureField
          name={name}
          label={label}
          mark={t("site.optional")}
          hint={hint}
          error={state.error(name)}
          className="min-w-0 flex-1"
        />
      </div>
      {kept && (
        <CheckField name={`${name}Removed`} label={removed} defaultChecked={state.value(`${name}Removed`) === "yes"} />
      )}
    </div>
  );
}
