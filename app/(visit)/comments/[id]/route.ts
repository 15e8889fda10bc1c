import { database } from "#app/_web/database.ts";
import { faultAnswer } from "#app/_web/fault-answer.ts";
import { see } from "#app/_web/form-route.ts";
import { getReader } from "#app/_web/reader.ts";
import { getViewer } from "#app/_web/viewer.ts";
import { commentPlace } from "#app/(visit)/events/[id]/comments/path.ts";
import { getComment, pageBefore } from "#lib/discussion/comment/queries.ts";
import { getMessage } from "#lib/discussion/message/queries.ts";
import { eventOfNote } from "#lib/federation/objects/note.ts";
import { canSeeComment } from "#lib/policy/comment.ts";
import { eventPath, messagePath } from "#lib/urls.ts";

type Segment = { params: Promise<{ id: string }> };

/** Leads to where a comment stands on its event's page, or to what was said among members; 410 when it is gone. ActivityStreams has it at this address too. */
export async function GET(_: Request, { params }: Segment): Promise<Response> {
  const { id } = await params;
  const db = database();
  const viewer = await getViewer();
  const found = await getComment(db, viewer, id);
  if (found && canSeeComment(viewer, found.role, found.comment, found.author)) {
    const { event, role } = found;
    return see(commentPlace(event.id, id, await pageBefore(db, viewer, { eventId: event.id, role, id })));
  }
  const message = found || viewer.kind !== "account" ? null : await getMessage(db, viewer, id);
  if (message) return see(messagePath(message.discussionId, id));
  const { t, locale } = await getReader();
  if (found?.comment.state === "deleted") return faultAnswer(410, locale, t("discussion.placeDeleted"));
  const event = found ? null : await eventOfNote(db, id);
  return event ? see(eventPath(event)) : faultAnswer(404, locale, t("refusals.not-found"));
}
