import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { type GroupRight, type GroupRole, groupRoles, mayIn } from "#lib/policy/group.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { removeMember } from "../departure/commands.ts";
import { inviteMember, withdrawMembership } from "../invitation/commands.ts";
import { changeRole, decideRequest } from "../membership/commands.ts";
import { enrol, makeGroup } from "../testing.ts";

const { groupLog, memberships, rosters } = schema;

let base: TestDatabase;
/** One of ours, and who is invited. */
let [ada, bea] = [] as unknown as Awaited<ReturnType<typeof person>>[];
beforeAll(async () => {
  base = await testDatabase();
  await startSender(base.db);
  [ada, bea] = [await person(base.db, "ada"), await person(base.db, "bea")];
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

/** A group of another server with one of ours in it, and its list as that server told it. */
async function led(role: GroupRole | null) {
  const groupId = await makeGroup(base.db, { host: "elsewhere.example" });
  const { viewer, actor } = ada!;
  if (role) await enrol(base.db, groupId, { memberId: actor.id, role });
  const list = async (state: "member" | "invited" | "requested", listed: GroupRole = "member") => {
    const id = newId();
    const uri = `https://elsewhere.example/members/${id}`;
    const one = { id, groupId, uri, actorUri: uri, name: "zoe@third.example", role: listed, state, seenAt: new Date() };
    await base.db.insert(rosters).values(one);
    return id;
  };
  return { groupId, viewer, list };
}
type Led = Awaited<ReturnType<typeof led>>;

const acts: [string, GroupRight, (led: Led) => Promise<unknown>][] = [
  [
    "invites somebody",
    "invite",
    async ({ groupId, viewer }) =>
      inviteMember(base.db, viewer, groupId, { who: `@${bea!.actor.handle}`, language: "en", formId: newId() }),
  ],
  [
    "takes an invitation back",
    "invite",
    async ({ groupId, viewer, list }) => withdrawMembership(base.db, viewer, groupId, await list("invited")),
  ],
  ...[true, false].map((accepted): (typeof acts)[number] => [
    accepted ? "lets somebody in" : "declines somebody",
    "decide",
    async ({ groupId, viewer, list }) =>
      decideRequest(base.db, viewer, groupId, { id: await list("requested"), accepted }),
  ]),
  [
    "gives a role",
    "promote",
    async ({ groupId, viewer, list }) =>
      changeRole(base.db, viewer, groupId, { id: await list("member"), role: "moderator" }),
  ],
  [
    "sends a member away",
    "remove",
    async ({ groupId, viewer, list }) => removeMember(base.db, viewer, groupId, await list("member")),
  ],
];

describe("in a group of another server", () => {
  it.each(acts)("who %s asks for it, by the same table as at home, and nothing changes here", async (_, right, act) => {
    for (const role of [null, ...groupRoles]) {
      const one = await led(role);
      const before = await base.db.select().from(memberships).where(eq(memberships.groupId, one.groupId));
      const done = await act(one).then(
        () => "asked",
        (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error)),
      );
      const asked = await base.db.select().from(groupLog).where(eq(groupLog.groupId, one.groupId));
      const may = mayIn({ role, membersOrganise: true }, right);
      expect([role, done, asked.map((row) => row.asked)]).toEqual([
        role,
        ...(may ? ["asked", ["waiting"]] : ["not-found", []]),
      ]);
      expect(await base.db.select().from(memberships).where(eq(memberships.groupId, one.groupId))).toEqual(before);
    }
  });

  it("nobody asks for an equal to be sent away, for what is decided already, or for somebody of another group", async () => {
    const [one, other] = [await led("moderator"), await led("moderator")];
    const remove = (viewer: AccountViewer, id: string) => removeMember(base.db, viewer, one.groupId, id);
    const [equal, invited, foreign] = [
      await one.list("member", "moderator"),
      await one.list("invited"),
      await other.list("member"),
    ];
    for (const [id, code] of [
      [equal, "not-found"],
      [invited, "already-decided"],
      [foreign, "not-found"],
    ] as const)
      await expect(remove(one.viewer, id)).rejects.toMatchObject({ code });
    expect(await base.db.$count(groupLog, eq(groupLog.groupId, one.groupId))).toBe(0);
  });
});
