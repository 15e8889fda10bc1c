import { linkLook } from "#app/_ui/button.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import type { EventRow, PlaceRow } from "#lib/event/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { placeLine } from "#lib/place/address.ts";

/** Where a map shows it: the point when there is one, else a search for the words. Plain links, nothing is loaded. */
function mapLinks({ latitude, longitude, ...place }: PlaceRow): { map: string; geo: string | null } {
  if (latitude === null || longitude === null)
    return { map: `https://www.openstreetmap.org/search?query=${encodeURIComponent(placeLine(place))}`, geo: null };
  const at = `${latitude},${longitude}`;
  return {
    map: `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`,
    geo: `geo:${at}?q=${at}`,
  };
}

type Props = { t: Translate; event: EventRow; place: PlaceRow | null };

/** Whether anything can be said of where it is. */
export const isSomewhere = ({ attendanceMode, placeDisclosure }: EventRow, place: PlaceRow | null): boolean =>
  place !== null || attendanceMode !== "offline" || placeDisclosure === "accepted";

/** Address, room, map links, online address: each only where it is known and may be told. */
export function EventPlace({ t, event, place }: Props) {
  const online = event.attendanceMode !== "offline";
  const links = place && mapLinks(place);
  const town = place && [place.postalCode, place.addressLocality].filter(Boolean).join(" ");
  const lines = place ? [place.name, place.streetAddress, town, place.addressRegion, place.addressCountry] : [];
  return (
    <div className="grid gap-1">
      {place && (
        <address className="not-italic" dir="auto">
          {lines
            .filter((line, index) => line && lines.indexOf(line) === index)
            .map((line, index) => (
              <span key={line} className={`block ${index === 0 ? "font-semibold" : ""}`}>
                {line}
              </span>
            ))}
          {place.room && <span className="block">{t("event.room", { room: place.room })}</span>}
        </address>
      )}
      {event.placeDisclosure === "accepted" && <p>{t("event.placeKept")}</p>}
      {links && (
        <p className="flex flex-wrap gap-x-4 text-sm print:hidden">
          <a className={`${linkLook} py-1`} href={links.map} rel="noopener noreferrer">
            {t("event.map")}
          </a>
          {links.geo && (
            <a className={`${linkLook} py-1`} href={links.geo}>
              {t("event.geo")}
            </a>
          )}
        </p>
      )}
      {online && event.onlineDisclosure === "accepted" && <p>{t("event.onlineKept")}</p>}
      {online && (
        <p className="flex items-start gap-2">
          <Icon name="online" className="mt-1 text-tone" />
          {event.onlineUrl ? (
            <a className={linkLook} href={event.onlineUrl} rel="nofollow noopener noreferrer ugc">
              {t("event.onlineLink")}
            </a>
          ) : (
            t("event.online")
          )}
        </p>
      )}
    </div>
  );
}
