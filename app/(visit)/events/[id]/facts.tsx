import type { ReactNode } from "react";
import { linkLook } from "#app/_ui/button.tsx";
import type { EventRow } from "#lib/event/queries.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { webUrl } from "#lib/urls.ts";

type Props = { t: Translate; locale: Locale; event: EventRow };

const languageName = (locale: Locale, tag: string) => {
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
};

function price(t: Translate, locale: Locale, facts: EventRow["facts"]): string | null {
  if (!facts.price) return null;
  if ("free" in facts.price) return t("event.free");
  return new Intl.NumberFormat(locale, { style: "currency", currency: facts.price.currency }).format(
    facts.price.amount,
  );
}

/** Practical facts as a list of terms. What is unknown is not shown. Not on the poster: its code leads here. */
export function EventFacts({ t, locale, event }: Props) {
  const { facts } = event;
  const yesNo = (value: boolean | undefined) => value !== undefined && t(value ? "event.yes" : "event.no");
  const address = (value: string | undefined) =>
    webUrl(value) && (
      <a className={linkLook} href={webUrl(value)!} rel="nofollow noopener noreferrer ugc">
        {new URL(webUrl(value)!).host}
      </a>
    );
  const wheelchair = {
    yes: "event.wheelchairYes",
    partly: "event.wheelchairPartly",
    no: "event.wheelchairNo",
  } as const;
  const rows: [string, ReactNode][] = [
    [t("event.price"), price(t, locale, facts)],
    [t("event.capacity"), event.maximumAttendeeCapacity],
    [t("event.age"), facts.age],
    [t("event.language"), event.language !== "und" && languageName(locale, event.language)],
    [t("event.wheelchair"), facts.wheelchair && t(wheelchair[facts.wheelchair])],
    [t("event.hearingLoop"), yesNo(facts.hearingLoop)],
    [t("event.signLanguage"), yesNo(facts.signLanguage)],
    [t("event.captions"), yesNo(facts.captions)],
    [t("event.quietSpace"), yesNo(facts.quietSpace)],
    [t("event.bring"), facts.bring],
    [t("event.schedule"), facts.schedule && <span className="whitespace-pre-line">{facts.schedule}</span>],
    [t("event.liveStream"), address(facts.liveStream)],
    [t("event.replay"), address(facts.replay)],
    [t("event.website"), address(event.url ?? undefined)],
    [t("event.contact"), event.contact],
    ...(facts.own ?? []).map(({ name, value }): [string, ReactNode] => [name, value]),
  ];
  const known = rows.filter(([, value]) => value !== null && value !== undefined && value !== false && value !== "");
  if (known.length === 0) return null;
  return (
    <section aria-labelledby="facts-title" className="print:hidden">
      <h2 id="facts-title" className="mb-3 text-xl">
        {t("event.facts")}
      </h2>
      <dl className="divide-y divide-line border-y border-line">
        {known.map(([term, value], index) => (
          <div key={`${term}${index}`} className="grid gap-x-4 py-2 sm:grid-cols-[11rem_1fr]">
            <dt className="font-semibold" dir="auto">
              {term}
            </dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
