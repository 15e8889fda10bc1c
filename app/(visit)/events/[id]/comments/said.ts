import { database } from "#app/_web/database.ts";
import { formState } from "#app/_web/form-state.ts";
import { getSignedIn } from "#app/_web/viewer.ts";
import { listActorsOf } from "#lib/actor/queries.ts";
import { commentPage, listComments, pageBefore } from "#lib/discussion/comment/queries.ts";
import type { FullEvent } from "#lib/event/queries.ts";
import { isId } from "#lib/ids.ts";
import type { Translate } from "#lib/locale/index.ts";
import { commentObstacle } from "#lib/policy/comment.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { commentsPath } from "./path.ts";

type Asked = {
  t: Translate;
  full: FullEvent;
  /** Whether anything was said at all: else nothing is asked for. */
  any: boolean;
  search: Record<string, string | string[] | undefined>;
};

export type Said = NonNullable<Awaited<ReturnType<typeof readSaid>>>;

/**
 * A page of what is said under an event, and who may say more. `search` is the page's query: `comments` is the comment
 * behind which this page of them begins; `form` names what was typed before. Null where there is nothing to show. One query;
 * for who is signed in one more, and two where a form comes back.
 */
export async function readSaid({ t, full: { event, role }, any, search }: Asked) {
  const obstacle = commentObstacle(event);
  if (obstacle === "event-not-open") return null;
  const db = database();
  const who = await getSignedIn();
  const viewer = who?.viewer ?? visitor;
  const typed = await formState(t, search.form, commentsPath(event.id), { content: t("discussion.write") });
  const repliedTo = isId(typed.value("thread")) ? typed.value("thread") : null;
  const asked = isId(search.comments) ? search.comments : null;
  const after = repliedTo ? await pageBefore(db, viewer, { eventId: event.id, role, id: repliedTo }) : asked;
  const [rows, all] = await Promise.all([
    any ? listComments(db, viewer, { eventId: event.id, role, after }) : [],
    who && !obstacle ? listActorsOf(db, who.viewer.accountId) : [],
  ]);
  if (rows.length === 0 && obstacle && !after && !typed.kept) return null;
  const shown = rows.slice(0, commentPage);
  return { obstacle, viewer, typed, repliedTo, after, shown, more: rows.length > commentPage, all };
}
