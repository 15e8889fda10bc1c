import { Button } from "#app/_ui/button.tsx";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { AutosaveIsland } from "./autosave-island.tsx";
import { autosaveWords } from "./labels.ts";

type Props = { t: Translate; locale: Locale; draft: boolean; savesItself: boolean };

/** At the foot of a form that one writes for long: whether it is saved, and what may be done with it. */
export const SaveRow = ({ t, locale, draft, savesItself }: Props) => (
  <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap gap-3 border-t border-line bg-paper px-4 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:mx-0 sm:px-0">
    {savesItself && <AutosaveIsland words={autosaveWords(t)} locale={locale} />}
    {draft ? (
      <>
        <Button name="intent" value="draft">
          {t("desk.saveDraft")}
        </Button>
        <Button name="intent" value="preview">
          {t("desk.preview")}
        </Button>
        <Button look="filled" name="intent" value="publish">
          {t("desk.publish")}
        </Button>
      </>
    ) : (
      <Button look="filled" name="intent" value="save">
        {t("desk.save")}
      </Button>
    )}
  </div>
);
