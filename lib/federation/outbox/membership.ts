import { eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, schema, transact } from "#db/client.ts";
import { takeHomeOf } from "#lib/event/remote/commands.ts";
import { forgetPending } from "#lib/group/membership/commands.ts";
import { contentId } from "#lib/ids.ts";
import type { ActorRow } from "../actors.ts";
import { actorUri, ownId } from "../addresses.ts";
import { describeMember, memberUri } from "../objects/member.ts";
import { repeat, say } from "./say.ts";

const { actors, memberships } = schema;
const [groups, members, inviters] = [alias(actors, "groups"), alias(actors, "members"), alias(actors, "inviters")];

type Told = {
  row: typeof memberships.$inferSelect;
  group: ActorRow;
  member: ActorRow;
  inviter: ActorRow | null;
  /** Whether it began with an activity of ours, and that one's id. */
  own: string | null;
  /** Whether the other server asks again, and has not heard the answer; or does not answer, and is asked again. */
  again: boolean;
};

/**
 * Tells another server what somebody is to a group: of theirs to one of ours, or of ours to one of theirs. It reads what
 * holds now, so it may run late or twice. By primary keys.
 */
export async function tellMembership(db: Db, membershipId: string, again = false): Promise<void> {
  const [found] = await db
    .select({ row: memberships, group: groups, member: members, inviter: inviters })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .innerJoin(members, eq(members.id, memberships.memberId))
    .leftJoin(inviters, eq(inviters.id, memberships.invitedById))
    .where(eq(memberships.id, membershipId));
  if (!found?.row.uri) return;
  const { row, group, member } = found;
  const told = { ...found, own: ownId(row.uri, "activities"), again };
  if (group.host === null && member.host !== null && member.inbox) await tellMember(db, told);
  if (group.host !== null && member.host === null && group.inbox) await tellGroup(db, told);
}

/** One activity of one fact about a membership: the group's to its member, or the member's to the group. */
function saying({ row, group, member }: Told) {
  const [actor, other] = group.host === null ? [group, member] : [member, group];
  const to = [actorUri(other)];
  return (type: string, body: object, { at, id }: { at?: Date | null; id?: string } = {}) => ({
    ...{ actor, type, objectId: row.id, inboxes: [other.inbox!], body: { ...body, to } },
    fact: `membership ${row.id} ${type} ${contentId(row.uri, at?.getTime() ?? null)}`,
    ...(id ? { id } : {}),
  });
}

/** A group of ours, to somebody elsewhere: the answer to their Join, an Invite, another role, the end. */
async function tellMember(db: Db, told: Told): Promise<void> {
  const { row, group, member, own, again } = told;
  const [groupUri, memberId] = [actorUri(group), actorUri(member)];
  const as = saying(told);
  const end = as("Remove", { object: memberUri(row), origin: groupUri }, { at: row.updatedAt });
  const join = { type: "Join", id: row.uri, actor: memberId, object: groupUri };
  const answer = async (type: string) => {
    const said = as(type, { object: join }, { at: row.joinedAt });
    const first = await say(db, said);
    if (!first && again) await repeat(db, said.fact);
    return first !== null || again;
  };
  if (row.state === "invited" && own) await say(db, as("Invite", { object: groupUri, target: memberId }, { id: own }));
  if (row.state === "removed") await say(db, end);
  if (row.state === "rejected" && !own) await answer("Reject");
  if (row.state === "rejected" && own) {
    await say(db, end);
    await transact(db, (tx) => forgetPending(tx, eq(memberships.id, row.id)));
  }
  if (row.state !== "member") return;
  const answered = !own && (await answer("Accept"));
  if (answered && row.role === "member") return;
  const object = describeMember(row, memberId, groupUri);
  await say(db, as("Update", { object }, { at: row.updatedAt }));
}

/**
 * One of ours, to a group elsewhere: a Join, the answer to an Invite, a Leave; what the group has not shown of theirs is
 * their own then. What is over is forgotten.
 */
async function tellGroup(db: Db, told: Told): Promise<void> {
  const { row, group, member, inviter, own, again } = told;
  const groupUri = actorUri(group);
  const as = saying(told);
  if (row.state === "requested" && own) {
    const message = row.message ? { participationMessage: row.message } : {};
    const said = as("Join", { object: groupUri, ...message }, { id: own });
    if (!(await say(db, said)) && again) await repeat(db, said.fact);
  }
  const invite = { type: "Invite", id: row.uri, object: groupUri, target: actorUri(member) };
  const object = { ...invite, actor: inviter ? actorUri(inviter) : groupUri };
  if (row.state === "member" && !own) await say(db, as("Accept", { object }));
  if (row.state === "rejected" && !own) await say(db, as("Reject", { object }));
  if (row.state === "left") {
    await say(db, as("Leave", { object: groupUri }));
    await transact(db, (tx) => takeHomeOf(tx, group.id, member.id));
  }
  if (row.state === "left" || (row.state === "rejected" && !own))
    await db.delete(memberships).where(eq(memberships.id, row.id));
}
