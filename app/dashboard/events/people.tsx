import type { Translate } from "#lib/locale/index.ts";

type Props = {
  t: Translate;
  counts: Record<string, number>;
  left: number | null;
  url: string;
  /** Not public yet: nothing to share. */
  hidden: boolean;
};

/** Who comes, in sentences; no graphs. */
export function People({ t, counts, left, url, hidden }: Props) {
  const of = (state: string) => counts[state] ?? 0;
  const lines = [
    of("accepted") > 0 && t("desk.peopleAccepted", { count: of("accepted") }),
    of("pending") > 0 && t("desk.peoplePending", { count: of("pending") }),
    of("waitlisted") > 0 && t("desk.peopleWaitlisted", { count: of("waitlisted") }),
    of("unconfirmed") > 0 && t("desk.peopleUnconfirmed", { count: of("unconfirmed") }),
  ].filter((line) => line !== false);
  return (
    <section className="grid gap-2 rounded-card border border-line bg-surface p-4">
      <h2 className="text-xl">{t("desk.people")}</h2>
      {lines.length > 0 ? (
        <ul className="grid gap-1 text-lg">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : (
        <p>
          {t(hidden ? "desk.peopleLater" : "desk.peopleNone")}{" "}
          {!hidden && <span className="font-semibold [overflow-wrap:anywhere]">{url}</span>}
        </p>
      )}
      {left !== null && <p className="font-semibold">{t("desk.placesLeft", { count: left })}</p>}
    </section>
  );
}
