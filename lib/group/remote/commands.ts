import { and, eq } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { spend } from "#lib/limits/commands.ts";
import { Refusal } from "#lib/refusal.ts";
import { lockGroup } from "../commands.ts";
import { partWith } from "../departure/commands.ts";
import { takenBack } from "../invitation/commands.ts";
import { writeLog } from "../log/commands.ts";
import { admit, comeIn, forgetPending } from "../membership/commands.ts";

const { memberships } = schema;

/** Somebody of another server. */
export type RemoteMember = { id: string; host: string };

/** What a Join says: its id, which the answer embeds; and whether the very same was shown before. */
type RemoteWish = { uri: string; message: string; again?: boolean };

const lock = (tx: Transaction, { id }: RemoteMember, groupId: string) =>
  lockGroup(tx, { kind: "remote", actorId: id }, groupId, null);

/** By `memberships_pair`. */
async function belonging(tx: Transaction, groupId: string, memberId: string) {
  const pair = and(eq(memberships.groupId, groupId), eq(memberships.memberId, memberId));
  const [row] = await tx.select().from(memberships).where(pair);
  return row ?? null;
}

/**
 * Takes the Join of somebody of another server, by the same rules as the form's. Returns the membership that is to be told
 * of; null where nothing is: a copy of what was taken back, or an id that began another one's.
 * @throws Refusal not-found, gone, group-by-invitation, group-full, group-moved, too-many-requests.
 */
export async function joinFromElsewhere(
  tx: Transaction,
  person: RemoteMember,
  groupId: string,
  { uri, message, again = false }: RemoteWish,
): Promise<string | null> {
  const group = await lock(tx, person, groupId);
  const known = await belonging(tx, groupId, person.id);
  if (again) {
    const stands = known?.uri === uri && ["member", "requested", "rejected"].includes(known.state);
    return stands ? known.id : null;
  }
  const [taken] = await tx.select().from(memberships).where(eq(memberships.uri, uri));
  if (taken && taken.id !== known?.id) return null;
  // Whoever has a server has as many people as they like. Those of a group that became this one come all at once.
  const led = group.alsoKnownAs.some((uri) => URL.canParse(uri) && new URL(uri).host === person.host);
  if (!led && (!known || !["member", "requested", "invited"].includes(known.state)))
    await spend(tx, "ask-group-server", person.host);
  await comeIn(tx, group, person.id, { message, shown: false });
  const [row] = await tx
    .update(memberships)
    .set({ uri })
    .where(and(eq(memberships.groupId, groupId), eq(memberships.memberId, person.id)))
    .returning({ id: memberships.id });
  return row!.id;
}

/**
 * Ends what somebody of another server is to a group, or asks to be; what was not there stays so. `of`: the Join that is
 * taken back, where that alone ends. @throws Refusal not-found, gone, last-administrator.
 */
export async function leaveFromElsewhere(
  tx: Transaction,
  person: RemoteMember,
  groupId: string,
  of: string | null = null,
): Promise<void> {
  await lock(tx, person, groupId);
  const row = await belonging(tx, groupId, person.id);
  if (!row || (of && row.uri !== of)) return;
  if (row.state === "member") return partWith(tx, groupId, [{ ...row, memberId: person.id }]);
  if (row.state === "requested" || row.state === "invited") await forgetPending(tx, eq(memberships.id, row.id));
}

/** Whether there was room for somebody, and the group itself. */
const fits = (admitted: Promise<unknown>): Promise<boolean> =>
  admitted.then(
    () => true,
    (error: unknown) => {
      if (error instanceof Refusal && ["group-full", "group-moved"].includes(error.code)) return false;
      throw error;
    },
  );

/**
 * What somebody of another server answers to their invitation. Said again, or once it was taken back, it changes nothing.
 * Whoever accepts when the group is full, or has moved away, is no member, and their server is told so.
 * @throws Refusal not-found, gone.
 */
export async function answerFromElsewhere(
  tx: Transaction,
  person: RemoteMember,
  groupId: string,
  { uri, accepted }: { uri: string; accepted: boolean },
): Promise<void> {
  await lock(tx, person, groupId);
  const row = await belonging(tx, groupId, person.id);
  if (row?.uri !== uri || row.state !== "invited") return;
  const one = eq(memberships.id, row.id);
  if (!accepted) await forgetPending(tx, one);
  else if (!(await fits(admit(tx, groupId, person.id)))) {
    await tx.update(memberships).set(takenBack).where(one);
    return enqueue(tx, "membership-out", { membershipId: row.id });
  }
  await writeLog(tx, { groupId, actorId: person.id, kind: accepted ? "joined" : "declined" });
}
