import { database } from "#app/_web/database.ts";
import { atomFeed, entityTag, unchanged } from "#app/_web/feed.ts";
import { ownInstance } from "#app/_web/instance.ts";
import { getActorPage } from "#lib/actor/queries.ts";
import { atomEntry } from "#lib/event/atom-entry.ts";
import { lastChange, listOrganizerFeed } from "#lib/event/search/queries.ts";
import { asLocale } from "#lib/locale/index.ts";
import { actorPath } from "#lib/urls.ts";

const most = 50;

/** What somebody organises, as an Atom feed: what was announced last comes first. */
export async function GET(request: Request, { params }: { params: Promise<{ handle: string }> }): Promise<Response> {
  const actor = await getActorPage(database(), (await params).handle.toLowerCase());
  if (!actor) return new Response("Not found\n", { status: 404 });
  if (actor.gone) return new Response("Gone\n", { status: 410 });
  const [changed, instance] = [await lastChange(database()), await ownInstance()];
  const locale = asLocale(instance.language);
  const tag = entityTag("actor-atom", actor.id, actor.name, locale, changed.getTime());
  const known = unchanged(request, tag);
  if (known) return known;
  const events = await listOrganizerFeed(database(), actor.id, new Date());
  const latest = events.sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime()).slice(0, most);
  const path = actorPath(actor.handle, actor.host);
  const head = {
    title: actor.name || actor.handle,
    self: `${path}/events.atom`,
    page: path,
    language: locale,
    updated: changed,
  };
  const entries = latest.map((event) => atomEntry(locale, event));
  return atomFeed(head, entries, tag);
}
