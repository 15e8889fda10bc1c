import { and, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import type { Mention } from "#db/schema/discussion.ts";
import { mentionsIn, renderContent } from "#lib/html.ts";
import { absolute, actorPath, ownHost } from "#lib/urls.ts";

const { actors, memberships } = schema;

/** More than these are names like any other words. */
export const mostMentions = 10;

/** `ann` for somebody of this server, however written; `bob@elsewhere.example` for others. */
const canonical = (name: string): string =>
  name.endsWith(`@${ownHost()}`) ? name.slice(0, -ownHost().length - 1) : name;

const nameOf = ({ handle, host }: Pick<Mention, "handle" | "host">): string => (host ? `${handle}@${host}` : handle);

/** Who is named in a Markdown text and known here, the first ten. */
export const resolveMentions = (db: Db, content: string): Promise<Mention[]> => findNamed(db, mentionsIn(content));

/** Who is known here of those whose names these are, the first ten. By `actors_address`. */
export async function findNamed(db: Db, written: string[]): Promise<Mention[]> {
  const names = [...new Set(written.map(canonical))].slice(0, mostMentions);
  if (names.length === 0) return [];
  const local = names.filter((name) => !name.includes("@"));
  const remote = names.flatMap((name) => (name.includes("@") ? [name.split("@")] : []));
  const away = remote.map(([handle, host]) => sql`(${handle}::varchar, ${host}::varchar)`);
  return db
    .select({ actorId: actors.id, handle: actors.handle, host: actors.host, uri: actors.uri })
    .from(actors)
    .where(
      and(
        isNull(actors.deletedAt),
        isNull(actors.suspendedAt),
        or(
          local.length > 0 ? and(inArray(actors.handle, local), isNull(actors.host)) : undefined,
          away.length > 0
            ? and(isNotNull(actors.host), sql`(${actors.handle}, ${actors.host}) in (${sql.join(away, sql`, `)})`)
            : undefined,
        ),
      ),
    );
}

/** The same of those who belong to a group, who alone read what is said in it. By `actors_address`, `memberships_member`. */
export async function findNamedMembers(db: Db, groupId: string, written: string[]): Promise<Mention[]> {
  const found = await findNamed(db, written);
  if (found.length === 0) return [];
  const ids = found.map(({ actorId }) => actorId);
  const members = await db
    .select({ id: memberships.memberId })
    .from(memberships)
    .where(and(inArray(memberships.memberId, ids), eq(memberships.state, "member"), eq(memberships.groupId, groupId)));
  return found.filter(({ actorId }) => members.some(({ id }) => id === actorId));
}

/** The names of people of other servers whom nobody here knows yet, five at most. */
export function unknownMentions(content: string, known: Mention[]): string[] {
  const found = known.map(nameOf);
  const away = mentionsIn(content).map(canonical).slice(0, mostMentions);
  return away.filter((name) => name.includes("@") && !found.includes(name)).slice(0, 5);
}

type Words = { content: string; mediaType: string; mentions: Mention[] };

type Look = {
  /** Where those who are named are to be found; their pages here, if nothing is said. */
  where?: (mention: Mention) => string;
  /** Whether pictures of ours show, to who may see them. */
  pictures?: boolean;
};

/** What somebody wrote as safe HTML, those who are named in it linked. */
export function renderWords(
  { content, mediaType, mentions }: Words,
  { where = ({ handle, host }) => absolute(actorPath(handle, host)), pictures = false }: Look = {},
): string {
  const links = new Map(mentions.map((mention) => [nameOf(mention), where(mention)]));
  for (const mention of mentions) if (!mention.host) links.set(`${mention.handle}@${ownHost()}`, where(mention));
  return renderContent(content, mediaType, { links, pictures });
}
