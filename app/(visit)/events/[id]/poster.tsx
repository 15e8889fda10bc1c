import { qrPath } from "#lib/formats/qr.ts";
import type { Translate } from "#lib/locale/index.ts";

/** The QR code of the page: small on screen, the foot of the poster in print. */
export function Poster({ t, url }: { t: Translate; url: string }) {
  const { size, d } = qrPath(url);
  return (
    <figure className="flex items-center gap-4 break-inside-avoid">
      <svg
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={t("event.qr")}
        shapeRendering="crispEdges"
        className="w-28 shrink-0 rounded-control border border-line print:w-40"
      >
        <rect width={size} height={size} fill="#fff" />
        <path d={d} fill="#16242c" />
      </svg>
      <figcaption className="text-sm text-muted">
        <span className="print:hidden">{t("event.print")}</span>
        <span className="hidden print:block">{url}</span>
      </figcaption>
    </figure>
  );
}
