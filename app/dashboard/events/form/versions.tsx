import { Notice } from "#app/_ui/notice.tsx";
import type { FormValues } from "#lib/form/commands.ts";
import type { Translate } from "#lib/locale/index.ts";
import type { Fields } from "./fields.ts";

type Props = {
  t: Translate;
  labels: Record<string, string>;
  saved: Partial<Fields>;
  typed: FormValues;
  title: string;
};

/** What two people made of one thing, field by field, where they differ. */
export function Versions({ t, labels, saved, typed, title }: Props) {
  const rows = Object.keys(labels)
    .filter((name) => !["venue", "lookup", "publishDate", "publishTime", "priceCurrency", "cover"].includes(name))
    // The kind of a question that is not asked says nothing.
    .filter((name) => !/_kind$/.test(name) || typed[name.replace("_kind", "_label")])
    .map((name) => ({ name, here: saved[name as keyof Fields] ?? "", mine: String(typed[name] ?? "") }))
    .filter(({ here, mine }) => here.replace(/\r/g, "").trim() !== mine.replace(/\r/g, "").trim());
  const cell = (text: string) => text || <span className="text-muted">{t("desk.conflictEmpty")}</span>;
  return (
    <Notice kind="danger" id="errors" title={title}>
      <p>{t("desk.conflictText")}</p>
      {rows.length > 0 && (
        <div className="mt-3 overflow-x-auto">
          <table className="w-full min-w-[30rem] border-collapse text-sm">
            <thead>
              <tr>
                {(["conflictField", "conflictSaved", "conflictYours"] as const).map((word) => (
                  <th key={word} scope="col" className="border border-line bg-sunken px-3 py-2 text-start">
                    {t(`desk.${word}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ name, here, mine }) => (
                <tr key={name}>
                  <th scope="row" className="border border-line px-3 py-2 text-start align-top font-semibold">
                    {labels[name]}
                  </th>
                  <td className="border border-line px-3 py-2 align-top whitespace-pre-line" dir="auto">
                    {cell(here)}
                  </td>
                  <td className="border border-line px-3 py-2 align-top whitespace-pre-line" dir="auto">
                    {cell(mine)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Notice>
  );
}
