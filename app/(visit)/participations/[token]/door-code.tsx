import { qrPath } from "#lib/formats/qr.ts";
import type { Translate } from "#lib/locale/index.ts";
import { absolute, arrivalPath } from "#lib/urls.ts";

type Props = { t: Translate; eventId: string; participationId: string };

/** What is shown at the door: a code that leads its helpers, and nobody else, to this place on their list. */
export function DoorCode({ t, eventId, participationId }: Props) {
  const { size, d } = qrPath(absolute(arrivalPath(eventId, participationId)));
  return (
    <section
      aria-labelledby="door-title"
      className="flex flex-wrap items-center gap-x-5 gap-y-3 rounded-card border border-line bg-surface p-4"
    >
      <svg
        role="img"
        aria-label={t("door.code")}
        viewBox={`0 0 ${size} ${size}`}
        shapeRendering="crispEdges"
        className="size-44 shrink-0 rounded-control border border-line"
      >
        {/* Readers want dark on light, in either theme. */}
        <rect width={size} height={size} fill="#fff" />
        <path d={d} fill="#16242c" />
      </svg>
      <div className="min-w-0 flex-1 basis-48">
        <h2 id="door-title" className="text-xl">
          {t("door.codeTitle")}
        </h2>
        <p className="mt-1 text-muted">{t("door.codeText")}</p>
      </div>
    </section>
  );
}
