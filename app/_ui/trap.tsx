import type { Translate } from "#lib/locale/index.ts";

/** A field that people do not see; whoever fills it in is no person. */
export function Trap({ t }: { t: Translate }) {
  return (
    <div className="sr-only" aria-hidden="true">
      <label>
        {t("participation.trap")}
        <input type="text" name="website" tabIndex={-1} autoComplete="off" />
      </label>
    </div>
  );
}
