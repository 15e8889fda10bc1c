import { and, eq, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, schema } from "#db/client.ts";
import type { ActorRow } from "../actors.ts";
import { ownId } from "../addresses.ts";
import type { Json } from "../documents.ts";

const { actors, discussionMessages, discussions } = schema;
const groups = alias(actors, "groups");

/** A discussion that we know, with its group; and something said in it. */
export type Talk = { discussion: typeof discussions.$inferSelect; group: ActorRow };
export type Said = Talk & { message: typeof discussionMessages.$inferSelect };

/** A document of a discussion, or of something said in one, in the group that it is of; `talk`: where we know that one. */
export type About = { object: Json; group: ActorRow; talk: Talk | null };

/** A discussion by its id: ours by its address here, another server's by its own. By primary key, `discussions_uri`. */
export async function talkBy(db: Db, uri: string): Promise<Talk | null> {
  const own = ownId(uri, "discussions");
  const here = own ? and(eq(discussions.id, own), isNull(discussions.uri)) : eq(discussions.uri, uri);
  const [found] = await db
    .select({ discussion: discussions, group: groups })
    .from(discussions)
    .innerJoin(groups, eq(groups.id, discussions.groupId))
    .where(here);
  return found ?? null;
}

/** The same of what was said in one. By primary key, `discussion_messages_uri`. */
export async function saidBy(db: Db, uri: string): Promise<Said | null> {
  const own = ownId(uri, "comments");
  const here = own
    ? and(eq(discussionMessages.id, own), isNull(discussionMessages.uri))
    : eq(discussionMessages.uri, uri);
  const [found] = await db
    .select({ message: discussionMessages, discussion: discussions, group: groups })
    .from(discussionMessages)
    .innerJoin(discussions, eq(discussions.id, discussionMessages.discussionId))
    .innerJoin(groups, eq(groups.id, discussions.groupId))
    .where(here);
  return found ?? null;
}

/** What we know by an id as said in a discussion, or as one. */
export const aboutBy = async (db: Db, uri: string): Promise<Said | Talk | null> =>
  (await saidBy(db, uri)) ?? (await talkBy(db, uri));
