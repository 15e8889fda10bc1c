import { database } from "#app/_web/database.ts";
import { ownInstance } from "#app/_web/instance.ts";
import { answerCard } from "#app/_web/social-card.ts";
import { toneOf } from "#lib/formats/tone.ts";
import { dateFormat, dayParts } from "#lib/locale/dates.ts";
import { asLocale } from "#lib/locale/index.ts";
import { isForAll } from "#lib/policy/post.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { getPost } from "#lib/post/queries.ts";
import { dayOf } from "#lib/time.ts";
import { ownHost } from "#lib/urls.ts";
import { cardQuery } from "../card.ts";

/** The picture that other sites show of a post without one: 1200×630. Under the address of what it shows now it never changes. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const [full, { timezone }] = [await getPost(database(), visitor, id), await ownInstance()];
  if (!full) return new Response("Not found\n", { status: 404 });
  if (!isForAll(full.post)) return new Response("Gone\n", { status: 410 });
  const { post, group } = full;
  // Next writes a bare key with an equals sign.
  const query = new URL(request.url).search.slice(1).replace(/=$/, "");
  const locale = asLocale(query.slice(0, 2));
  const card = {
    seed: id,
    tone: toneOf({ tone: null, organizer: group }),
    name: post.name,
    date: dateFormat(locale, timezone, { dateStyle: "long" }).format(post.publishedAt!),
    place: group.name,
    host: ownHost(),
    sheet: dayParts(locale, dayOf(post.publishedAt!, timezone)),
    cancelled: null,
  };
  return answerCard(card, { current: query === cardQuery(locale, full) });
}
