import type { ReactElement } from "react";
import type { KeptForm } from "#lib/form/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { absent } from "./absent.tsx";
import { answerWith } from "./request.ts";
import { type TypedWords, typedWords } from "./typed-words.ts";

/**
 * What the page of a form returns for somebody to whom it is not there, or not any more: 404, and where a refused form
 * came back to it, all that was typed in it.
 */
export function formGone(
  t: Translate,
  kept: KeptForm | null,
  labels?: Record<string, string>,
): ReactElement<{ typed?: TypedWords[] }> {
  const typed = kept?.outcome === "refused" ? typedWords(kept.values, labels) : [];
  if (typed.length === 0) return absent();
  answerWith(404);
  return <Gone t={t} typed={typed} />;
}

const Gone = ({ t, typed }: { t: Translate; typed: TypedWords[] }) => (
  <div className="grid max-w-[40rem] gap-4 py-8">
    <h1>{t("faults.refused")}</h1>
    <p>{t("faults.formGone")}</p>
    <h2 className="mt-4 text-xl">{t("faults.typed")}</h2>
    <p>{t("faults.typedText")}</p>
    <dl className="grid gap-3">
      {typed.map(({ label, words }, at) => (
        <div key={`${at} ${label}`}>
          {label && <dt className="font-semibold">{label}</dt>}
          <dd
            dir="auto"
            className="rounded-control border border-line bg-surface p-3 whitespace-pre-wrap [overflow-wrap:anywhere]"
          >
            {words}
          </dd>
        </div>
      ))}
    </dl>
  </div>
);
