import type { Metadata } from "next";
import { absent } from "#app/_web/absent.tsx";
import { getReader } from "#app/_web/reader.ts";
import { calendarEntry } from "#lib/event/entry.ts";
import { eventHandle, eventPath, ownHost } from "#lib/urls.ts";
import { SharePart } from "../../../share-part.tsx";
import { describe } from "../head.ts";
import { eventOfPage } from "../told.ts";
import { tombstone } from "../tombstone.ts";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("event.shareTitle"), robots: { index: false } };
}

/** An event on somebody's own server, or what it is called where one can follow it. */
export default async function SharePage({ params, searchParams }: Props) {
  const [{ id }, { server }, { t, locale }] = await Promise.all([params, searchParams, getReader()]);
  const full = await eventOfPage(id);
  if (!full) return absent();
  if (full.event.state === "deleted") return tombstone(t, locale, full.event);
  const shared = describe(
    locale,
    calendarEntry({ ...full.event, place: full.place, organizer: full.organizer }),
    full.event,
  );
  return (
    <SharePart {...{ t, shared, server }} path={eventPath(id)}>
      {full.event.uri === null && full.event.state === "published" && (
        <label className="grid gap-1">
          {t("federation.eventHandle")}
          <input
            readOnly
            value={`@${eventHandle(id)}@${ownHost()}`}
            aria-describedby="handle-hint"
            className="min-h-11 rounded-control border border-control bg-sunken px-3"
          />
          <span id="handle-hint" className="text-sm text-muted">
            {t("federation.eventHandleHint")}
          </span>
        </label>
      )}
    </SharePart>
  );
}
