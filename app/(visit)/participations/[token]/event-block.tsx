import { linkLook } from "#app/_ui/button.tsx";
import { DateBlock } from "#app/_ui/date-block.tsx";
import { toneOf } from "#lib/formats/tone.ts";
import { eventDate, zoneWords } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { stateWords } from "#lib/locale/states.ts";
import type { ParticipationByToken } from "#lib/participation/queries.ts";
import { placeLine } from "#lib/place/address.ts";
import { isTakenDown, withoutKept } from "#lib/policy/event.ts";
import { eventPath } from "#lib/urls.ts";

/**
 * What, when, where, by whom. A place that is kept back shows itself to those who are accepted; what and when alone, and their
 * own place, where the host has taken the event away; nothing at all where it is not open to them any more.
 */
export function EventBlock({ t, locale, found }: { t: Translate; locale: Locale; found: ParticipationByToken }) {
  if (!found.open) return null;
  const accepted = found.participation.state === "accepted";
  const { event, organizer, place, now } = withoutKept(found, { accepted });
  const shown = !isTakenDown(event);
  const where = place ? placeLine(place) : "";
  const online = shown && event.attendanceMode !== "offline";
  const language = event.language === "und" ? undefined : event.language;
  const term = "text-sm font-semibold text-muted";
  return (
    <section
      aria-labelledby="event-name"
      data-tone={toneOf({ tone: event.tone, organizer: { id: event.organizerId, tone: organizer.tone } })}
      className="tone flex gap-4 rounded-card border border-line bg-surface p-4"
    >
      <DateBlock t={t} locale={locale} now={now} event={event} className="self-start" />
      <div className="grid min-w-0 flex-1 gap-3">
        <h2 id="event-name" className="text-xl" dir="auto" lang={language}>
          {shown ? (
            <a href={eventPath(event.id)} className="hover:underline">
              {event.name}
            </a>
          ) : (
            event.name
          )}
        </h2>
        <dl className="grid gap-2">
          <div>
            <dt className={term}>{t("participation.when")}</dt>
            <dd>
              <span className={`font-display tabular-nums ${event.status === "cancelled" ? "line-through" : ""}`}>
                {eventDate(locale, event)}
              </span>
              <span className="block text-sm text-muted">{zoneWords(locale, event.startTime, event.timezone)}</span>
            </dd>
          </div>
          {(where || online) && (
            <div>
              <dt className={term}>{t("participation.where")}</dt>
              {where && <dd dir="auto">{where}</dd>}
              {online && (
                <dd>
                  {event.onlineUrl ? (
                    <a href={event.onlineUrl} className={linkLook} rel="nofollow noopener noreferrer ugc">
                      {t("event.onlineLink")}
                    </a>
                  ) : (
                    t("participation.online")
                  )}
                </dd>
              )}
            </div>
          )}
          {shown ? (
            <div>
              <dt className={term}>{t("participation.organizer")}</dt>
              <dd dir="auto">{organizer.name || organizer.handle}</dd>
            </div>
          ) : (
            <div>
              <dt className={term}>{t("participation.title")}</dt>
              <dd>{t(stateWords[found.participation.state as keyof typeof stateWords])}</dd>
            </div>
          )}
        </dl>
      </div>
    </section>
  );
}
