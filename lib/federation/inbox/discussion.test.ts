import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { deleteMessage, openDiscussion } from "#lib/discussion/message/commands.ts";
import { forgetAway } from "#lib/discussion/mirror/commands.ts";
import { deleteDiscussion, markDiscussion, nameDiscussion } from "#lib/discussion/thread/commands.ts";
import { enrol } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { tellDiscussion, tellMessage } from "../outbox/discussion.ts";
import { isProven, type Json, read } from "../testing/peer.ts";
import { stageOfTwo } from "../testing/stage.ts";
import { note, talksAt } from "../testing/talk.ts";

const { activities, discussionMessages, discussions } = schema;

const { at, mia, noa, atelier, clubAway, pass } = await stageOfTwo();
const { messagesOf, said, talkOf, open, tell, heard } = talksAt(at);

describe("in a group of this server", () => {
  let group: { id: string; uri: string };
  beforeAll(async () => {
    group = await atelier();
  });

  it("what is said here goes to the servers of members as its author's word, and from the group", async () => {
    const id = await open(group.id);
    await tell(id);
    await tell(id);
    const about = `${at.origin}/discussions/${id}`;
    const [opened, first] = at.peer.received("Create");
    expect(opened!.object).toMatchObject({
      ...{ id: about, type: "Note", name: "Winter", context: about, attributedTo: group.uri },
      ...{ actor: `${at.origin}/@ann`, to: [`${group.uri}/members`], cc: [], commentsEnabled: true },
    });
    expect(first!.object).toMatchObject({ context: about, inReplyTo: about, content: "<p>Shall we meet?</p>\n" });
    expect([await isProven(opened!), await isProven(first!)]).toEqual([true, true]);
    const whole = ["Announce", "Create"];
    for (const peer of [at.peer, at.other])
      expect(heard(peer)).toEqual([
        ...[["Create", "Winter"], whole, ["Announce", "id"]],
        ...[["Create", "<p>Shall we meet?</p>\n"], whole, ["Announce", "id"]],
      ]);
  });

  it("is read at its address by members and their servers, and looks absent to others", async () => {
    const id = await open(group.id);
    const [message] = await messagesOf(id);
    for (const url of [`${at.origin}/discussions/${id}`, `${at.origin}/comments/${message!.id}`]) {
      const statuses = [mia, noa, at.peer.actor("relay", { type: "Application" }), at.peer.actor("eve")];
      const answers = await Promise.all(statuses.map(async (by) => (await at.peerOf(by).ask(url, by)).status));
      expect([...answers, (await read(url)).status]).toEqual([200, 200, 200, 404, 404]);
    }
  });

  it("members elsewhere open, say, revise, rename and delete, and are passed on as they came, in order", async () => {
    const begun = note(mia, group.uri, { name: "Keys" });
    const opened = at.says(mia, "Create", begun);
    await at.send(opened);
    await at.send(opened);
    const talk = (await talkOf(begun.id))!;
    expect(talk).toMatchObject({ name: "Keys", groupId: group.id, awaiting: false });
    const one = note(noa, group.uri, { content: "<p>I have them.</p><script>1</script>", context: begun.id });
    const first = at.says(noa, "Create", one);
    const newer = { ...one, content: "<p>I had them.</p>", updated: "2026-11-02T08:00:00Z" };
    const revised = at.says(noa, "Update", newer);
    const renamed = at.says(mia, "Update", { ...begun, name: "The keys" });
    for (const activity of [first, first, revised, renamed]) await at.send(activity);
    expect(await said(talk.id)).toEqual(["<p>I had them.</p>"]);
    expect((await talkOf(begun.id))!.name).toBe("The keys");
    await at.deliver();
    const passed = [opened, begun.id, first, one.id, revised, renamed];
    for (const peer of [at.peer, at.other])
      expect(peer.received("Announce").map(({ object }) => object)).toEqual(passed);
    const ended = at.says(noa, "Delete", { id: one.id, type: "Tombstone" });
    await at.send(ended);
    expect(await said(talk.id)).toEqual(["deleted"]);
    await at.deliver();
    expect(at.peer.received("Announce").at(-1)!.object).toEqual(ended);
    expect(JSON.stringify(await at.db.select().from(activities))).not.toMatch(/I ha(ve|d) them/);
  });

  it("a discussion may come with what is said first in it, as Mobilizon has it", async () => {
    const begun = note(mia, group.uri, { name: "Tools", content: "<p>Who has a drill?</p>" });
    for (const type of ["Create", "Create", "Update"]) await at.send(at.says(mia, type, begun));
    expect(await said((await talkOf(begun.id))!.id)).toEqual(["<p>Who has a drill?</p>"]);
  });

  it("moderators delete, lock and rename; the group says so, and forgets the words", async () => {
    const id = await open(group.id);
    const one = note(mia, group.uri, { content: "<p>Rude words</p>", context: `${at.origin}/discussions/${id}` });
    await at.send(at.says(mia, "Create", one));
    await tell(id);
    heard(at.peer);
    const [row] = await at.db
      .select()
      .from(discussionMessages)
      .where(eq(discussionMessages.uri, one.id as string));
    await deleteMessage(at.db, at.ann.viewer, row!.id);
    await markDiscussion(at.db, at.ann.viewer, id, "locked");
    await tell(id);
    const [locked] = at.peer.received("Update");
    expect([locked!.actor, (locked!.object as Json).commentsEnabled]).toEqual([group.uri, false]);
    const [end] = at.peer.received("Delete");
    expect([end!.actor, (end!.object as Json).id]).toEqual([group.uri, one.id]);
    expect(JSON.stringify(await at.db.select().from(activities))).not.toMatch(/Rude words/);
    heard(at.peer);
    const late = at.says(
      mia,
      "Create",
      note(mia, group.uri, { content: "Late", context: `${at.origin}/discussions/${id}` }),
    );
    for (let times = 0; times < 2; times++) await at.send(late);
    expect(await said(id)).toEqual(["Shall we meet?", "deleted"]);
    await at.deliver();
    expect(at.peer.received("Reject").map(({ actor, object }) => [actor, (object as Json).id])).toEqual([
      [group.uri, late.id],
    ]);
    heard(at.peer);
    await nameDiscussion(at.db, at.ann.viewer, id, { name: "Over" });
    await deleteDiscussion(at.db, at.ann.viewer, id);
    await tell(id);
    expect(heard(at.peer)).toEqual([
      ["Delete", undefined],
      ["Announce", "Delete"],
    ]);
    expect(JSON.stringify(await at.db.select().from(activities))).not.toMatch(/Shall we meet\?.*Over/);
  });

  it.each<[string, (id: string, about: string) => Promise<Json> | Json, string?]>([
    [
      "who is no member",
      (_, about) =>
        at.says(
          at.peer.actor("eve"),
          "Create",
          note(at.peer.uri("eve"), group.uri, { content: "Let me in", context: about }),
        ),
    ],
    [
      "another's name",
      (_, about) => at.says(mia, "Create", note(noa, group.uri, { content: "As Noa", context: about })),
    ],
    [
      "a member in the name of a neighbour",
      (_, about) =>
        at.says(mia, "Create", {
          ...note(mia, group.uri, { content: "As Eve", context: about }),
          actor: at.peer.uri("eve"),
        }),
    ],
    [
      "a member who would rename what others opened",
      (_, about) => at.says(mia, "Update", { ...note(mia, group.uri, { name: "Mine" }), id: about, context: about }),
    ],
    [
      "a member who would delete what others said",
      async (id) => {
        const [row] = await messagesOf(id);
        return at.says(mia, "Delete", `${at.origin}/comments/${row!.id}`);
      },
    ],
    ["a member who would delete the whole", (_, about) => at.says(mia, "Delete", about)],
  ])("refuses %s, and passes nothing on", async (_, forge) => {
    const id = await open(group.id);
    await at.send(await forge(id, `${at.origin}/discussions/${id}`));
    await at.deliver();
    expect(await said(id)).toEqual(["Shall we meet?"]);
    expect((await at.db.select().from(discussions).where(eq(discussions.id, id)))[0]).toMatchObject({
      name: "Winter",
      deletedAt: null,
    });
    expect(heard(at.other)).toEqual([]);
    // The same by a member in their own name is taken.
    await at.send(
      at.says(mia, "Create", note(mia, group.uri, { content: "Here", context: `${at.origin}/discussions/${id}` })),
    );
    expect(await said(id)).toEqual(["Shall we meet?", "Here"]);
  });
});

describe("in a group of another server", () => {
  let club: string;
  let clubId: string;
  beforeAll(async () => {
    ({ uri: club, id: clubId } = await clubAway());
  });

  it("a title without a time is as new as it comes, as at the group's own server; a claimed future is now", async () => {
    const begun = note(noa, club, { name: "One" });
    await pass(at.says(noa, "Create", begun));
    for (const change of [{ name: "Two" }, { name: "Three", updated: "2190-01-01T00:00:00Z" }, { name: "Four" }]) {
      await pass(at.says(noa, "Update", { ...begun, ...change }));
      expect((await talkOf(begun.id))!.name).toBe(change.name);
    }
    await pass(at.says(noa, "Update", { ...begun, name: "Old", updated: "2026-11-02T08:00:00Z" }));
    expect((await talkOf(begun.id))!.name).toBe("Four");
  });

  it("a discussion opened here goes before what is said first in it, whichever job runs first", async () => {
    for (const order of ["message first", "both at once"]) {
      at.peer.inbox.length = 0;
      const id = newId();
      const words = { id, name: "In order", content: "Hello", language: "en" };
      await openDiscussion(at.db, at.ann.viewer, clubId, words);
      const [first] = await messagesOf(id);
      const message = tellMessage(at.db, first!.id);
      if (order === "message first") await message;
      await Promise.all([message, tellDiscussion(at.db, id)]);
      await at.deliver();
      const about = `${at.origin}/discussions/${id}`;
      const ids = at.peer.received("Create").map(({ object }) => (object as Json).id);
      expect([order, ids]).toEqual([order, [about, `${at.origin}/comments/${first!.id}`]]);
    }
  });

  it("what was said there is forgotten here a day after nobody here belongs to it any more", async () => {
    const other = at.peer.actor("choir", { type: "Group", openness: "open" });
    const { id: groupId } = await at.actorOf(other);
    await enrol(at.db, groupId, { memberId: at.ann.actor.id });
    const begun = note(mia, other, { name: "Songs", content: "<p>Which ones?</p>" });
    await at.send(at.peer.activity(other, "Announce", at.says(mia, "Create", begun)));
    const { id } = (await talkOf(begun.id))!;
    const later = async () => {
      await at.db.execute(sql`update discussions set message_at = now() - interval '2 days'`);
      await forgetAway(at.db);
      return [await at.db.$count(discussions, eq(discussions.id, id)), (await said(id)).length];
    };
    expect(await later()).toEqual([1, 1]);
    const { memberships } = schema;
    await at.db.update(memberships).set({ state: "left" }).where(eq(memberships.groupId, groupId));
    expect(await later()).toEqual([0, 0]);
    expect(await at.db.$count(discussions)).toBeGreaterThan(0);
  });

  it.each<[string, (begun: Json) => Promise<void>]>([
    [
      "another group, whatever it wraps",
      async (begun) => {
        const other = at.other.actor("others", { type: "Group" });
        await enrol(at.db, (await at.actorOf(other)).id, { memberId: at.ann.actor.id });
        const forged = at.says(noa, "Create", note(noa, club, { content: "Forged", context: begun.id }));
        await at.send(at.other.activity(other, "Announce", forged));
      },
    ],
    [
      "the group itself, of somebody who proved nothing",
      (begun) => {
        const { proof: _, ...bare } = at.says(noa, "Create", note(noa, club, { content: "Forged", context: begun.id }));
        return pass(bare);
      },
    ],
    [
      "somebody of another server, without the group",
      (begun) => at.send(at.says(noa, "Create", note(noa, club, { content: "Forged", context: begun.id }))),
    ],
    [
      "another group of its server, which passes on by its id what is read elsewhere",
      async (begun) => {
        const neighbour = at.peer.actor("neighbour", { type: "Group" });
        await enrol(at.db, (await at.actorOf(neighbour)).id, { memberId: at.ann.actor.id });
        const forged = note(noa, neighbour, { content: "Forged", context: begun.id });
        at.other.documents.set(new URL(forged.id as string).pathname, forged);
        for (const by of [neighbour, at.peer.actor("zoe")])
          await at.send(at.peer.activity(by, "Announce", forged.id, { to: [`${at.origin}/@ann`] }));
      },
    ],
    [
      "the group itself, of what was said in another",
      async (begun) => {
        const cellar = at.peer.actor("cellar", { type: "Group" });
        await enrol(at.db, (await at.actorOf(cellar)).id, { memberId: at.ann.actor.id });
        await pass(at.says(noa, "Create", note(noa, cellar, { content: "Strayed", context: begun.id })));
      },
    ],
    ["a stranger who says that it is gone", (begun) => at.send(at.says(noa, "Delete", begun.id))],
  ])("believes no word of %s", async (_, forge) => {
    const begun = note(mia, club, { name: "Winter" });
    await pass(at.says(mia, "Create", begun));
    const talk = (await talkOf(begun.id))!;
    await forge(begun);
    expect([await said(talk.id), (await talkOf(begun.id))!.deletedAt]).toEqual([[], null]);
  });
});
