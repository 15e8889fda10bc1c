import { eq, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { getEvent } from "#lib/event/queries.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { getPost } from "#lib/post/queries.ts";
import { actorTombstone } from "../actors.ts";
import { commentToTell, isPublicComment } from "./comment.ts";
import { type Document, eventObject } from "./event.ts";
import { postObject } from "./post.ts";

const { activities, actors, comments, events, notes, posts } = schema;

type Shown = { document: Document | string; gone: boolean };

/**
 * A public activity of this server, as it was signed, for as long as whoever says it is there and everybody may see what it is
 * about; what a group passes on, while it is the group's. Then what is left of that, with `gone`; null for what was another
 * server's, and for what is not public. The end of something stays. By primary keys.
 */
export async function activityObject(db: Db, id: string): Promise<Shown | null> {
  const [said] = await db
    .select({ activity: activities, actor: actors, event: events, comment: comments.id, post: posts.id })
    .from(activities)
    .innerJoin(actors, eq(actors.id, activities.actorId))
    .leftJoin(notes, eq(notes.id, activities.objectId))
    .leftJoin(comments, eq(comments.id, activities.objectId))
    .leftJoin(posts, eq(posts.id, activities.objectId))
    .leftJoin(events, sql`${events.id} in (${activities.objectId}, ${notes.eventId}, ${comments.eventId})`)
    .where(eq(activities.id, id));
  if (!said?.activity.public) return null;
  const { activity, actor, event, comment, post } = said;
  const whole = { document: activity.document, gone: false };
  if (activity.type === "Delete") return whole;
  if (actor.deletedAt || actor.suspendedAt) return { document: actorTombstone(actor), gone: true };
  if (event && actor.type === "Group" && event.organizerId !== actor.id) return null;
  const left = event ? await leftOfEvent(db, event.id) : post ? await leftOfPost(db, post) : undefined;
  if (left !== undefined) return left;
  const told = comment ? await commentToTell(db, comment) : null;
  return comment && !(told && isPublicComment(told)) ? null : whole;
}

/** What is left of an event that is not there for everybody: of another server's nothing. Undefined: it is there. */
async function leftOfEvent(db: Db, id: string): Promise<Shown | null | undefined> {
  const own = await eventObject(db, id);
  if (own) return own.gone ? own : undefined;
  return (await getEvent(db, visitor, id))?.event.state === "published" ? undefined : null;
}

/** The same of a post. */
async function leftOfPost(db: Db, id: string): Promise<Shown | null | undefined> {
  const own = await postObject(db, id);
  if (own) return own.gone ? own : undefined;
  return (await getPost(db, visitor, id))?.post.state === "published" ? undefined : null;
}
