import { sql } from "drizzle-orm";
import { connect, type Database } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { sessionCookieName } from "#lib/auth/cookie.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { actorOf } from "../testing/stage.ts";
import { inventedText } from "./calendar.ts";
import type { Target } from "./cannon.ts";
import { type Wait, waitFor } from "./wait.ts";

/** What somebody waits for who belongs to a large group that has talked for years. */
export type GroupFigures = { members: number; messages: number; waits: Record<string, Wait> };

const sizes = { members: 2_000, discussions: 50, messages: 10_000, longest: 1_500, resources: 1_000, folders: 50 };

/** So many other groups are there, each with so many members, messages and links: what is asked of one is found among all. */
const others = { groups: 300, members: 60, messages: 150, resources: 40 };

async function surround(db: Database): Promise<void> {
  await db.execute(sql`create temp table other as
    select gen_random_uuid() as id, gen_random_uuid() as talk, n as at from generate_series(1, ${others.groups}::int) n`);
  await db.execute(
    sql`insert into actors (id, type, handle, name) select id, 'Group', 'other_' || at, 'Group ' || at from other`,
  );
  await db.execute(sql`
    insert into memberships (id, group_id, member_id, state, joined_at)
    select gen_random_uuid(), o.id, s.id, 'member', now() from other o
    cross join generate_series(1, ${others.members}::int) n join speaker s on s.at = 1 + (o.at * 17 + n) % ${sizes.members}::int`);
  await db.execute(sql`
    insert into discussions (id, group_id, actor_id, name) select o.talk, o.id, s.id, 'What others said' from other o join speaker s on s.at = o.at`);
  await db.execute(sql`
    insert into discussion_messages (id, discussion_id, actor_id, content, language, created_at)
    select gen_random_uuid(), o.talk, s.id, left(${inventedText}, 80 + n), 'en', now() - n * interval '1 hour'
    from other o cross join generate_series(1, ${others.messages}::int) n join speaker s on s.at = n`);
  await db.execute(sql`
    insert into resources (id, group_id, actor_id, type, name, url)
    select gen_random_uuid(), o.id, s.id, 'link', 'Minutes ' || md5(o.at || ' ' || n), 'https://example.org/' || n
    from other o cross join generate_series(1, ${others.resources}::int) n join speaker s on s.at = n`);
}

/** A group with many members, their messages in discussions of which one is long, and their links in folders; and a session of a member. */
async function gather(dataDir: string) {
  const { url } = await startEmbedded(dataDir, { share: true });
  const connection = connect(url, { max: 1, statementTimeout: 0 });
  const { db } = connection;
  try {
    const reader = await actorOf(connection);
    const group = await makeGroup(db, { handle: "gathering", name: "The Gathering", membersShown: true });
    await enrol(db, group, { memberId: reader.actorId, role: "administrator" });
    await db.execute(sql`
      insert into actors (id, type, handle, name)
      select gen_random_uuid(), 'Person', 'gathered_' || n, 'Person ' || md5(n::text) from generate_series(2, ${sizes.members}::int) n`);
    await db.execute(sql`
      insert into memberships (id, group_id, member_id, role, state, shown, joined_at)
      select gen_random_uuid(), ${group}, id, case when random() < 0.005 then 'moderator' else 'member' end, 'member', random() < 0.7, now() - interval '3 years'
      from actors where handle like 'gathered\\_%'`);
    await db.execute(sql`create temp table speaker as
      select member_id as id, row_number() over (order by id) as at from memberships where group_id = ${group}`);
    await db.execute(
      sql`create temp table talk as select gen_random_uuid() as id, n as at from generate_series(1, ${sizes.discussions}::int) n`,
    );
    await db.execute(sql`
      insert into discussions (id, group_id, actor_id, name, pinned, message_at, created_at)
      select t.id, ${group}, s.id, 'What we said about ' || md5(t.at::text), t.at = 7, now() - t.at * interval '1 day', now() - interval '3 years'
      from talk t join speaker s on s.at = t.at`);
    await db.execute(sql`
      insert into discussion_messages (id, discussion_id, actor_id, content, language, created_at)
      select gen_random_uuid(), t.id, s.id, left(${inventedText}, 80 + n % 500) || case when n = 4242 then ' xylophone' else '' end, 'en',
        now() - t.at * interval '1 day' - (${sizes.messages}::int - n) * interval '1 minute'
      from generate_series(1, ${sizes.messages}::int) n
      join talk t on t.at = case when n <= ${sizes.longest}::int then 1 else 2 + n % (${sizes.discussions}::int - 1) end
      join speaker s on s.at = 1 + n % ${sizes.members}::int`);
    await db.execute(sql`
      insert into resources (id, group_id, actor_id, type, parent_id, depth, name, url)
      select gen_random_uuid(), ${group}, s.id, 'folder', null, 0, 'Folder ' || n, null
      from generate_series(1, ${sizes.folders}::int) n join speaker s on s.at = n`);
    await db.execute(sql`
      insert into resources (id, group_id, actor_id, type, parent_id, depth, name, url)
      select gen_random_uuid(), ${group}, s.id, 'link', f.id, 1, 'Minutes ' || md5(n::text), 'https://example.org/' || n
      from generate_series(1, ${sizes.resources}::int) n join speaker s on s.at = n
      join (select id, row_number() over (order by id) - 1 as at from resources where group_id = ${group}) f on f.at = n % ${sizes.folders}::int`);
    await surround(db);
    for (const table of ["actors", "memberships", "discussions", "discussion_messages", "resources"])
      await db.execute(sql.raw(`vacuum analyze ${table}`));
    const [long] = await db.execute<{ id: string }>(sql`select id from talk where at = 1`);
    const [middle] = await db.execute<{ id: string }>(sql`
      select id from discussion_messages where discussion_id = ${long!.id} order by created_at offset ${sizes.longest / 2}::int limit 1`);
    return { group, long: long!.id, middle: middle!.id, cookie: `${sessionCookieName()}=${await reader.signIn()}` };
  } finally {
    await connection.close();
  }
}

/** Asks for the pages of a large group as one of its members, and for its own as a visitor, `times` each. */
export async function measureGroup({ origin }: Target, dataDir: string, times: number): Promise<GroupFigures> {
  const { group, long, middle, cookie } = await gather(dataDir);
  const page = "/@gathering";
  const outside = { "the group’s page, as a visitor": page, "its members, as a visitor": `${page}/members` };
  const inside = {
    "the group’s page": page,
    "its members": `${page}/members`,
    "its members, on the desk": `/dashboard/groups/${group}/members`,
    "its discussions": `${page}/discussions`,
    "its discussions, search, one found": `${page}/discussions?q=xylophone`,
    "its discussions, search, many found": `${page}/discussions?q=said`,
    [`a discussion of ${sizes.longest}, first unread`]: `/discussions/${long}`,
    [`a discussion of ${sizes.longest}, in its middle`]: `/discussions/${long}?at=${middle}`,
    [`a discussion of ${sizes.longest}, its end`]: `/discussions/${long}?at=end`,
    "its resources": `${page}/resources`,
    "its resources, search": `${page}/resources?q=minutes`,
  };
  const { members, messages } = sizes;
  return {
    members,
    messages,
    waits: {
      ...(await waitFor(outside, { origin, cookie: "", times })),
      ...(await waitFor(inside, { origin, cookie, times })),
    },
  };
}
