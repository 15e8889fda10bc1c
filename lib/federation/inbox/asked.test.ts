import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { deleteMessage, openDiscussion } from "#lib/discussion/message/commands.ts";
import { deleteDiscussion, markDiscussion, nameDiscussion } from "#lib/discussion/thread/commands.ts";
import { getDiscussion } from "#lib/discussion/thread/queries.ts";
import { enrol } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { tellAsk } from "../outbox/ask.ts";
import { wakeDeliveries } from "../outbox/delivery.ts";
import { tellDiscussion } from "../outbox/discussion.ts";
import type { Json } from "../testing/peer.ts";
import { type Stage, stageOfTwo } from "../testing/stage.ts";
import { note, talksAt } from "../testing/talk.ts";

const { discussions, groupLog } = schema;

const { at, mia, noa, atelier } = await stageOfTwo();
const { messagesOf, said, talkOf } = talksAt(at);

const passes = (group: string, object: unknown) =>
  at.send(at.peer.activity(group, "Announce", object, { to: [`${group}/members`] }));

describe("what is decided about a discussion in a group of this server", () => {
  let group: { id: string; uri: string };
  beforeAll(async () => {
    group = await atelier();
  });

  it("who leads it from another server renames, locks and deletes what others opened: the group tells all, and answers them", async () => {
    const zoe = at.peer.actor("zoe");
    await enrol(at.db, group.id, { memberId: (await at.actorOf(zoe)).id, role: "moderator" });
    const id = newId();
    await openDiscussion(at.db, at.ann.viewer, group.id, { id, name: "Winter", content: "", language: "en" });
    await tellDiscussion(at.db, id);
    await at.deliver();
    for (const peer of [at.peer, at.other]) peer.inbox.length = 0;
    const about = `${at.origin}/discussions/${id}`;
    const document = { ...note(zoe, group.uri, { name: "Summer", commentsEnabled: false }), id: about, context: about };
    const row = async () => (await at.db.select().from(discussions).where(eq(discussions.id, id)))[0]!;
    const answers = async (of: Stage["peer"]) => {
      await at.deliver();
      return of.inbox
        .splice(0)
        .flatMap(({ activity: { type, actor, object } }) =>
          type === "Accept" || type === "Reject" ? [[type, actor, (object as Json).id]] : [],
        );
    };
    const asked = at.says(zoe, "Update", document);
    await at.send(asked);
    expect(await row()).toMatchObject({ name: "Summer", locked: true });
    await tellDiscussion(at.db, id);
    expect(await answers(at.peer)).toEqual([["Accept", group.uri, asked.id]]);
    const [update] = at.other.received("Update");
    expect(update).toMatchObject({ actor: group.uri, object: { id: about, name: "Summer", commentsEnabled: false } });
    expect(await answers(at.other)).toEqual([]);
    const unheard = at.says(mia, "Update", { ...document, name: "Mine" });
    await at.send(unheard);
    expect([(await row()).name, await answers(at.peer)]).toEqual(["Summer", [["Reject", group.uri, unheard.id]]]);
    for (const _ of ["once", "when it is gone"]) {
      const ended = at.says(zoe, "Delete", about);
      await at.send(ended);
      expect([(await row()).name, await answers(at.peer)]).toEqual(["", [["Accept", group.uri, ended.id]]]);
    }
  });
});

describe("in a group of another server", () => {
  it("who leads it here asks its server to rename, lock and delete: done once that says so, and shown where it does not", async () => {
    const lodge = at.peer.actor("lodge", { type: "Group", openness: "open" });
    const { id: groupId } = await at.actorOf(lodge);
    await enrol(at.db, groupId, { memberId: at.ann.actor.id, role: "moderator" });
    const ann = { ...at.ann.viewer };
    const begun = note(mia, lodge, { name: "Winter", content: "<p>Rude words</p>" });
    await passes(lodge, at.says(mia, "Create", begun));
    const { id } = (await talkOf(begun.id))!;
    const shown = async () => {
      const { name, locked, ask } = (await getDiscussion(at.db, ann, id))!;
      return [name, locked, ask && [ask.kind, ask.refused]];
    };
    /** What the group is asked, delivered to it. */
    const asked = async (decided: Promise<unknown>) => {
      expect(await decided).toBe("asked");
      at.peer.inbox.length = 0;
      const open = await at.db.select().from(groupLog).where(eq(groupLog.asked, "waiting"));
      for (const one of open) await tellAsk(at.db, one.id);
      await at.deliver();
      expect(at.peer.inbox.map(({ path }) => path)).toEqual(["/users/lodge/inbox"]);
      return at.peer.inbox[0]!.activity;
    };
    await expect(markDiscussion(at.db, ann, id, "pinned")).rejects.toThrow("not-found");
    const rename = await asked(nameDiscussion(at.db, ann, id, { name: "Summer" }));
    const object = { id: begun.id, name: "Summer", actor: mia, attributedTo: lodge, commentsEnabled: true };
    expect(rename).toMatchObject({ type: "Update", actor: `${at.origin}/@ann`, to: [lodge], object });
    await at.send(at.other.activity(noa, "Accept", rename.id));
    expect(await shown(), "a stranger’s word").toEqual(["Winter", false, ["discussion-named", false]]);
    await at.send(at.peer.activity(lodge, "Accept", { type: "Update", id: rename.id, object: begun.id }));
    expect(await shown()).toEqual(["Summer", false, null]);
    // As Mobilizon answers.
    await passes(lodge, await asked(markDiscussion(at.db, ann, id, "locked")));
    expect(await shown()).toEqual(["Summer", true, null]);
    const unlock = await asked(markDiscussion(at.db, ann, id, "unlocked"));
    await at.send(at.peer.activity(lodge, "Reject", { type: "Update", id: unlock.id }));
    expect(await shown()).toEqual(["Summer", true, ["discussion-unlocked", true]]);
    // Another week, in which nobody was there.
    await markDiscussion(at.db, ann, id, "unlocked");
    const [late] = await at.db.select().from(groupLog).where(eq(groupLog.asked, "waiting"));
    await tellAsk(at.db, late!.id);
    expect(await shown()).toEqual(["Summer", true, ["discussion-unlocked", false]]);
    await at.db.execute(sql`update deliveries set created_at = now() - interval '30 days' where state = 'due'`);
    await wakeDeliveries(at.db);
    expect(await shown()).toEqual(["Summer", true, ["discussion-unlocked", true]]);
    await at.db.delete(groupLog).where(eq(groupLog.id, late!.id));
    const [message] = await messagesOf(id);
    const removal = await asked(deleteMessage(at.db, ann, message!.id).then(() => "asked"));
    expect([removal.type, (removal.object as Json).id, await said(id)]).toEqual([
      "Delete",
      message!.uri,
      ["<p>Rude words</p>"],
    ]);
    await at.send(at.peer.activity(lodge, "Accept", removal.id));
    expect(await said(id)).toEqual(["deleted"]);
    const end = await asked(deleteDiscussion(at.db, ann, id).then(({ decided }) => decided));
    expect(await shown()).toEqual(["Summer", true, ["discussion-deleted", false]]);
    await at.send(at.peer.activity(lodge, "Accept", end.id));
    expect(await shown()).toEqual(["", true, null]);
  });

  it("what others decide there reaches what was opened and said here, by the group’s word alone", async () => {
    const club = at.peer.actor("club", { type: "Group", openness: "open" });
    const { id: groupId } = await at.actorOf(club);
    await enrol(at.db, groupId, { memberId: at.ann.actor.id });
    const id = newId();
    await openDiscussion(at.db, at.ann.viewer, groupId, { id, name: "Ours", content: "Hello", language: "en" });
    const [message] = await messagesOf(id);
    const about = `${at.origin}/discussions/${id}`;
    const row = async () => (await at.db.select().from(discussions).where(eq(discussions.id, id)))[0]!;
    const document = {
      ...note(`${at.origin}/@ann`, club, { name: "Theirs", commentsEnabled: false }),
      ...{ id: about, context: about, updated: "2036-11-01T08:00:00Z" },
    };
    await at.send(at.says(noa, "Update", document));
    expect((await row()).name).toBe("Ours");
    await at.send(at.says(club, "Update", document));
    expect(await row()).toMatchObject({ name: "Theirs", locked: true, uri: null });
    const end = at.says(noa, "Delete", `${at.origin}/comments/${message!.id}`);
    await at.send(end);
    expect(await said(id)).toEqual(["Hello (sent)"]);
    await passes(club, end);
    expect(await said(id)).toEqual(["deleted"]);
  });
});
