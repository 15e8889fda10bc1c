import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ButtonLink, Chip } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { EventCard } from "#app/_ui/event-card.tsx";
import { MovedNotice } from "#app/_ui/moved-notice.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { OpenGraphTags } from "#app/_web/open-graph.tsx";
import { asTitle } from "#app/_web/page-title.ts";
import { getReader } from "#app/_web/reader.ts";
import { linkActivity } from "#app/_web/request.ts";
import { getSignedIn } from "#app/_web/viewer.ts";
import { ReportLink } from "#app/report/link.tsx";
import { drawnFrom } from "#lib/actor/queries.ts";
import { listByOrganizer } from "#lib/event/queries.ts";
import { cursorOf, parseSearch } from "#lib/event/search/input.ts";
import { toneOf } from "#lib/formats/tone.ts";
import { audienceOf, getGroupFacts } from "#lib/group/queries.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { absolute, actorPath, eventPath } from "#lib/urls.ts";
import { summaryOf } from "../../summary.ts";
import { actorGone } from "./gone.ts";
import { BesideEvents, GroupPart, NothingPlanned } from "./group.tsx";
import { Banner, Identity } from "./identity.tsx";
import { actorOfPage, feedsOf, introductionOf, openGraphOf } from "./told.ts";
import { SeenFromHere, Ways } from "./ways.tsx";

type Props = { params: Promise<{ handle: string }>; searchParams: Promise<Record<string, string | string[]>> };

const pageSize = 24;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { handle } = await params;
  const [actor, { t }] = await Promise.all([actorOfPage(handle), getReader()]);
  if (!actor) return { title: t("refusals.not-found"), robots: { index: false } };
  if (actor.gone) return { title: t("event.actorGone"), robots: { index: false } };
  const path = actorPath(actor.handle, actor.host);
  const description = introductionOf(actor);
  if (actor.host)
    return {
      title: asTitle(actor.name || actor.handle),
      description,
      alternates: { canonical: actor.url ?? undefined, types: { "application/atom+xml": feedsOf(t, actor, path) } },
      robots: { index: false },
    };
  linkActivity(absolute(path));
  return {
    title: asTitle(actor.name),
    description,
    alternates: {
      canonical: absolute(path),
      types: {
        "text/calendar": `${path}/events.ics`,
        "application/atom+xml": feedsOf(t, actor, path),
        "application/activity+json": absolute(path),
      },
    },
  };
}

/** Who somebody is and what they organise; no feed of doings, no followers. Two queries, three for a group. */
export default async function ActorPage({ params, searchParams }: Props) {
  const [{ handle }, { t, locale }, search] = await Promise.all([params, getReader(), searchParams]);
  const actor = await actorOfPage(handle);
  if (!actor) return absent();
  if (actor.gone) return actorGone(t, actor);
  // An event that can be followed has its own page.
  if (actor.type === "Service" && actor.host === null) redirect(eventPath(actor.id));
  const who = await getSignedIn();
  const viewer = who?.viewer ?? visitor;
  const facts = actor.type === "Group" ? await getGroupFacts(database(), viewer, actor) : null;
  // A group of another server that says nothing of members has none: it is followed.
  const joinable = facts !== null && (actor.host === null || actor.openness !== null);
  const now = new Date();
  const past = search.when === "past";
  const { after } = parseSearch({ after: search.after ?? "" }).search;
  const found = await listByOrganizer(database(), actor.id, {
    ...{ past, after, limit: pageSize + 1 },
    inside: audienceOf({ belonging: facts?.belonging ?? null, follows: facts?.follows ?? false }),
  });
  const events = found.slice(0, pageSize);
  const path = actorPath(actor.handle, actor.host);
  const more = found.length > pageSize ? `${path}?${past ? "when=past&" : ""}after=${cursorOf(events.at(-1)!)}` : null;
  return (
    <div className="tone pt-4" data-tone={toneOf({ tone: null, organizer: actor })}>
      {!actor.host && <OpenGraphTags {...openGraphOf(actor)} />}
      <Banner actor={actor} />
      <header className="grid gap-2 py-6">
        <Identity t={t} actor={actor} />
        <MovedNotice t={t} group={actor}>
          {actor.host === null && <p>{t("moving.noticeHere")}</p>}
          {who && actor.movedTo && <SeenFromHere t={t} address={actor.movedTo} />}
        </MovedNotice>
        <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2 print:hidden">
          {facts && joinable && <GroupPart t={t} group={actor} facts={facts} who={who} search={search} />}
          <Ways t={t} actor={actor} joinable={joinable} />
        </div>
      </header>
      <section aria-labelledby="events-title">
        <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
          <h2 id="events-title" className="text-xl">
            {t(past ? "event.past" : "event.upcoming")}
          </h2>
          <p className="print:hidden">
            <Chip href={past ? path : `${path}?when=past`}>{t(past ? "event.showUpcoming" : "event.showPast")}</Chip>
          </p>
        </div>
        {events.length === 0 ? (
          <EmptyState seed={drawnFrom(actor)} title={t(past ? "event.nothingPast" : "event.nothingUpcoming")}>
            <p>
              <NothingPlanned t={t} group={actor} facts={facts} />
            </p>
          </EmptyState>
        ) : (
          <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {events.map((one) => (
              <li key={one.id}>
                <EventCard t={t} locale={locale} now={now} event={summaryOf(one)} />
              </li>
            ))}
          </ul>
        )}
        {more && (
          <p className="mt-6">
            <ButtonLink href={more}>{t("event.showMore")}</ButtonLink>
          </p>
        )}
      </section>
      {facts && <BesideEvents t={t} locale={locale} group={actor} facts={facts} />}
      <p className="pt-10 print:hidden">
        <ReportLink t={t} path={path} />
      </p>
    </div>
  );
}
