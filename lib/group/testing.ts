import { type Db, schema } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { randomToken, tokenHash } from "#lib/secrets.ts";

const { actors, memberships } = schema;

const handleOf = (letter: string, id: string) => `${letter}${id.replaceAll("-", "").slice(-20)}`;

/** A profile that belongs to nobody's account, changed as the test wants it. */
export async function makeProfile(db: Db, change: Partial<typeof actors.$inferInsert> = {}): Promise<string> {
  const id = newId();
  await db.insert(actors).values({ id, type: "Person", handle: handleOf("a", id), ...change });
  return id;
}

/** A group without members, changed as the test wants it. Returns its id. */
export async function makeGroup(db: Db, change: Partial<typeof actors.$inferInsert> = {}): Promise<string> {
  const id = newId();
  const uri = change.host ? `https://${change.host}/groups/${id}` : null;
  await db.insert(actors).values({
    id,
    uri,
    type: "Group",
    handle: handleOf("g", id),
    name: "Les Bricoleuses",
    openness: "moderated",
    ...change,
  });
  return id;
}

/** Puts somebody into a group as they are to be there, a new profile unless one is named. Returns the profile's id. */
export async function enrol(
  db: Db,
  groupId: string,
  { memberId, role = "member", state = "member" }: { memberId?: string; role?: string; state?: string } = {},
): Promise<string> {
  const id = memberId ?? (await makeProfile(db));
  const invited = state === "invited";
  await db.insert(memberships).values({
    ...{ id: newId(), groupId, memberId: id, role, state, sentAway: state === "removed" },
    joinedAt: state === "member" ? new Date() : null,
    tokenHash: invited ? tokenHash(randomToken()) : null,
    expiresAt: invited ? new Date(Date.now() + 1e6) : null,
  });
  return id;
}
