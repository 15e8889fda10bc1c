import { wayLook } from "#app/_ui/button.tsx";
import type { Peer } from "#lib/federation/peers/queries.ts";
import { dayAndTime } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { StandingWord } from "./standing.tsx";

type Props = { t: Translate; locale: Locale; timezone: string; peers: Peer[] };

const related = {
  accepted: ["followedAccepted", "followsAccepted"],
  pending: ["followedPending", "followsPending"],
  rejected: ["followedRejected", "followsRejected"],
} as const;

/** How a server and this one stand to each other, in words; none where they do not. */
export const relations = (t: Translate, { followed, follows }: Pick<Peer, "followed" | "follows">): string[] => [
  ...(followed ? [t(`moderation.${related[followed][0]}`)] : []),
  ...(follows ? [t(`moderation.${related[follows][1]}`)] : []),
];

/** When a server was last heard of or reached, and how often it could not be. */
export function contactOf(
  t: Translate,
  locale: Locale,
  timezone: string,
  { heardAt, reachedAt, failures, reason }: Peer,
): string[] {
  const when = (instant: Date) => dayAndTime(locale, instant, timezone);
  return [
    ...(heardAt ? [t("moderation.heard", { when: when(heardAt) })] : []),
    ...(reachedAt ? [t("moderation.reached", { when: when(reachedAt) })] : []),
    ...(heardAt || reachedAt ? [] : [t("moderation.never")]),
    ...(failures > 0 ? [`${t("moderation.failures", { count: failures })}${reason ? ` (${reason})` : ""}`] : []),
  ];
}

/** Servers in a table; on narrow screens each is a block of its own. */
export function Peers({ t, locale, timezone, peers }: Props) {
  const cell = "block py-0.5 align-top sm:table-cell sm:px-3 sm:py-3 first:ps-0";
  return (
    <table className="block w-full text-start sm:table">
      <caption className="sr-only">{t("moderation.instances")}</caption>
      <thead className="hidden text-sm text-muted sm:table-header-group">
        <tr className="border-b border-line">
          {(["host", "standing", "contact", "kept", "relation"] as const).map((name) => (
            <th key={name} scope="col" className="px-3 py-2 text-start font-semibold whitespace-nowrap first:ps-0">
              {t(`moderation.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block sm:table-row-group">
        {peers.map((peer) => (
          <tr key={peer.host} className="block border-b border-line py-3 sm:table-row sm:py-0">
            <th scope="row" className={`${cell} text-start font-semibold`}>
              <a
                className={`wrap-anywhere sm:min-h-0 ${wayLook}`}
                href={`/moderation/instances/${encodeURIComponent(peer.host)}`}
              >
                {peer.host}
              </a>
            </th>
            <td className={`${cell} sm:whitespace-nowrap`}>
              <StandingWord t={t} peer={peer} />
            </td>
            <td className={`${cell} text-sm`}>
              {contactOf(t, locale, timezone, peer).map((line) => (
                <span key={line} className="block">
                  {line}
                </span>
              ))}
            </td>
            <td className={`${cell} text-sm sm:whitespace-nowrap`}>
              <span className="block">{t("moderation.people", { count: peer.people })}</span>
              <span className="block">{t("moderation.events", { count: peer.events })}</span>
            </td>
            <td className={`${cell} text-sm`}>
              {relations(t, peer).map((line) => (
                <span key={line} className="block">
                  {line}
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
