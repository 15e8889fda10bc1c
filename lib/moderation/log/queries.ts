import { and, desc, eq, lt, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";

const { accounts, actors, moderationActs } = schema;

/** What was done, to one report if it is named, the last first, from before `before` (an act's id) on. By primary key, or `moderation_acts_flag`. */
export const listActs = (db: Db, { before, flagId, limit }: { before?: string; flagId?: string; limit: number }) =>
  db
    .select({
      id: moderationActs.id,
      action: moderationActs.action,
      subject: moderationActs.subject,
      note: moderationActs.note,
      createdAt: moderationActs.createdAt,
      /** As whom they are known here; null: by the host's tool, or gone. */
      by: sql<string | null>`(select coalesce(nullif(a.name, ''), a.handle) from ${actors} a
        where a.account_id = ${accounts.id} order by a.id = ${accounts.defaultActorId} desc nulls last, a.id limit 1)`,
    })
    .from(moderationActs)
    .leftJoin(accounts, eq(accounts.id, moderationActs.accountId))
    .where(
      and(before ? lt(moderationActs.id, before) : undefined, flagId ? eq(moderationActs.flagId, flagId) : undefined),
    )
    .orderBy(desc(moderationActs.id))
    .limit(limit);
