import type { schema } from "#db/client.ts";
import { renderContent } from "#lib/html.ts";
import type { Translate } from "#lib/locale/index.ts";

type Told = Pick<typeof schema.events.$inferSelect, "content" | "mediaType" | "language">;

/** What the organiser says of the event. */
export const About = ({ t, event }: { t: Translate; event: Told }) => (
  <section aria-labelledby="about-title" className="print:min-h-0 print:overflow-hidden">
    <h2 id="about-title" className="sr-only">
      {t("event.description")}
    </h2>
    {event.content ? (
      <div
        className="prose e-content print:line-clamp-[9]"
        dir="auto"
        lang={event.language === "und" ? undefined : event.language}
        dangerouslySetInnerHTML={{
          __html: renderContent(event.content, event.mediaType, { pictures: true }),
        }}
      />
    ) : (
      <p className="text-muted">{t("event.noDescription")}</p>
    )}
  </section>
);
