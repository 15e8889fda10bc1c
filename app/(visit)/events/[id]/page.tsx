import type { Metadata } from "next";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { ownInstance } from "#app/_web/instance.ts";
import { minuteOf, versionOf } from "#app/_web/kept.ts";
import { OpenGraphTags } from "#app/_web/open-graph.tsx";
import { rememberedAddress } from "#app/_web/own-server.ts";
import { getReader } from "#app/_web/reader.ts";
import { Still } from "#app/_web/still.tsx";
import { getSignedIn } from "#app/_web/viewer.ts";
import { calendarEntry } from "#lib/event/entry.ts";
import { getBoard } from "#lib/notification/board/queries.ts";
import { awayCard } from "./away-card.tsx";
import { readSaid } from "./comments/said.ts";
import { describe, eventMetadata, openGraphOf } from "./head.ts";
import { joinCard } from "./join-card.tsx";
import { ShareIsland } from "./share-island.tsx";
import { Sheet } from "./sheet.tsx";
import { sharingOf } from "./take-along.tsx";
import { eventOfPage } from "./told.ts";
import { tombstone } from "./tombstone.ts";
import { YourTimeIsland } from "./your-time-island.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return eventMetadata((await params).id);
}

export default async function EventPage({ params, searchParams }: Props) {
  const { id } = await params;
  const full = await eventOfPage(id);
  if (!full) return absent();
  const { event, organizer, author } = full;
  const { t, locale } = await getReader();
  if (event.state === "deleted") return tombstone(t, locale, event);
  const [search, board] = await Promise.all([searchParams, getBoard(database(), event)]);
  const now = new Date();
  const said = await readSaid({ t, full, any: board.said, search });
  const join = event.uri
    ? await awayCard({ event, host: (author ?? organizer).host ?? "", search, now })
    : await joinCard({ event, organizer: organizer.name, board, search, now });
  const remembered = await rememberedAddress();
  const { addressRetentionDays } = await ownInstance();
  // Whoever is signed in, or has typed something, sees what is their own.
  const own = search.form || (await getSignedIn());
  const of = own
    ? undefined
    : versionOf("event", full, board, said, remembered, addressRetentionDays, locale, minuteOf(now));
  const entry = calendarEntry({ ...event, place: full.place, organizer });
  const shared = describe(locale, entry, event);
  return (
    <>
      <OpenGraphTags {...openGraphOf(locale, full)} />
      <Still of={of} className="contents">
        <Sheet {...{ t, locale, now, full, entry, shared, board, join, said, remembered }} />
      </Still>
      {!event.allDay && (
        <YourTimeIsland
          instant={event.startTime.toISOString()}
          timezone={event.timezone}
          locale={locale === "en" ? "en-GB" : locale}
          template={t("event.yourTime", { time: "{time}" })}
        />
      )}
      <ShareIsland {...sharingOf(t, shared)} />
    </>
  );
}
