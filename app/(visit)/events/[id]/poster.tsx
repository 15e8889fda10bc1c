import type { Translate } from "#lib/locale/index.ts";

/** The QR code of the page: small on screen, the foot of the poster in print. */
export function Poster({ t, path, url }: { t: Translate; path: string; url: string }) {
  return (
    <figure className="flex items-center gap-4 break-inside-avoid">
      <img
        src={`${path}/qr.svg`}
        alt={t("event.qr")}
        width={112}
        height={112}
        className="shrink-0 rounded-control border border-line print:w-40"
      />
      <figcaption className="text-sm text-muted">
        <span className="print:hidden">{t("event.print")}</span>
        <span className="hidden print:block">{url}</span>
      </figcaption>
    </figure>
  );
}
