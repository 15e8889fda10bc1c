import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { openDiscussion, writeMessage } from "#lib/discussion/message/commands.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { chooseNotifications } from "#lib/notification/choice/commands.ts";
import { tellDiscussions } from "#lib/notification/discussion/commands.ts";
import { tellMessage } from "../outbox/discussion.ts";
import type { Json } from "../testing/peer.ts";
import { type Stage, stage } from "../testing/stage.ts";

const { discussionMessages } = schema;

let at: Stage;
let mia: string;
beforeAll(async () => {
  at = await stage();
  mia = at.peer.actor("mia");
});
afterAll(() => at.stop());
beforeEach(() => at.clear());

let count = 0;

/** What Mia opens or says in a group. */
function note(group: string, change: Json): Json {
  const id = `${at.peer.origin}/talk/${++count}`;
  const begun = "name" in change ? { context: id } : {};
  return {
    ...{ id, type: "Note", actor: mia, attributedTo: group, to: [`${group}/members`], cc: [], ...begun },
    ...{ content: "", published: "2026-11-01T08:00:00Z", ...change },
  };
}

describe.each<"here" | "elsewhere">(["here", "elsewhere"])("in a group that is %s", (where) => {
  const handle = `named${where}`;
  let group: { id: string; uri: string };
  let member: Awaited<ReturnType<typeof person>>;
  beforeAll(async () => {
    if (where === "here") group = { id: await makeGroup(at.db, { handle }), uri: `${at.origin}/@${handle}` };
    else {
      const uri = at.peer.actor(handle, { type: "Group", openness: "open" });
      group = { id: (await at.actorOf(uri)).id, uri };
    }
    member = await person(at.db, `member${where}`);
    await person(at.db, `stranger${where}`);
    for (const memberId of [member.actor.id, (await at.actorOf(mia)).id]) await enrol(at.db, group.id, { memberId });
    await chooseNotifications(at.db, member.account.id, { discussions: "weekly" });
  });
  const tell = (activity: Json) =>
    at.send(
      where === "here" ? activity : at.peer.activity(group.uri, "Announce", activity, { to: [`${group.uri}/members`] }),
    );
  const mails = async () => {
    await tellDiscussions(at.db);
    const theirs = eq(schema.mails.accountId, member.account.id);
    return (await at.db.select().from(schema.mails).where(theirs).orderBy(schema.mails.id)).map((one) => one.message);
  };
  const names = async (uri: unknown) => {
    const [row] = await at.db
      .select()
      .from(discussionMessages)
      .where(eq(discussionMessages.uri, String(uri)));
    return row!.mentions.map((one) => one.handle);
  };

  it("members here who are named by a tag, or by their whole address, are told at once, and each once", async () => {
    const begun = note(group.uri, { name: "Winter" });
    await tell(at.says(mia, "Create", begun));
    const words = { context: begun.id, content: "<p>Who comes?</p>" };
    const tag = [`member${where}`, `stranger${where}`, "nobody"].map((name) => ({
      ...{ type: "Mention", href: `${at.origin}/@${name}`, name: `@${name}@${new URL(at.origin).host}` },
    }));
    const plain = note(group.uri, { ...words, content: `<p>Who comes, @member${where}?</p>` });
    await tell(at.says(mia, "Create", plain));
    expect([await names(plain.id), await mails()]).toEqual([[], []]);
    const tagged = note(group.uri, { ...words, tag });
    await tell(at.says(mia, "Create", tagged));
    expect([await names(tagged.id), await mails()]).toEqual([[`member${where}`], ["discussion-news"]]);
    const update = (content: string, day: number, more: Json = {}) =>
      tell(at.says(mia, "Update", { ...plain, ...more, content, updated: `2026-11-0${day}T08:00:00Z` }));
    await update(`<p>Do you come, <a href="${at.origin}/@x">@member${where}@${new URL(at.origin).host}</a>?</p>`, 2);
    expect(await names(plain.id)).toEqual([`member${where}`]);
    await update("<p>Do you come?</p>", 3);
    await update("<p>Do you come, you?</p>", 4, { tag });
    expect([await names(plain.id), await mails()]).toEqual([
      [`member${where}`],
      ["discussion-news", "discussion-named"],
    ]);
  });

  it("what is answered is told apart from what was said last by a word of ours, in both directions", async () => {
    const about = { id: newId(), name: "Winter", content: "One", language: "en" };
    await openDiscussion(at.db, member.viewer, group.id, about);
    const context = `${at.origin}/discussions/${about.id}`;
    const said = async () => {
      const messages = eq(discussionMessages.discussionId, about.id);
      return at.db.select().from(discussionMessages).where(messages).orderBy(asc(discussionMessages.createdAt));
    };
    const uriOf = ({ id, uri }: { id: string; uri: string | null }) => uri ?? `${at.origin}/comments/${id}`;
    const [one] = await said();
    const say = (content: string, change: Json) =>
      tell(at.says(mia, "Create", note(group.uri, { content: `<p>${content}</p>`, context, ...change })));
    await say("Two", { inReplyTo: uriOf(one!), isAnswer: true });
    const [, two] = await said();
    await say("Three", { inReplyTo: uriOf(one!), isAnswer: false });
    await say("Four", { inReplyTo: uriOf(two!) });
    const [, , , four] = await said();
    expect((await said()).map(({ quotedId }) => quotedId)).toEqual([null, one!.id, null, two!.id]);
    for (const quoted of [four!.id, null]) {
      const id = newId();
      await writeMessage(at.db, member.viewer, about.id, {
        id,
        content: `Five, @mia@${at.peer.host}`,
        language: "en",
        quoted,
      });
      await tellMessage(at.db, id);
    }
    await at.deliver();
    const told = at.peer.received("Create").map(({ object }) => object as Json);
    const [five, six] = told.filter(({ content }) => String(content).startsWith("<p>Five, "));
    expect(five!.tag).toEqual([{ type: "Mention", href: mia, name: `@mia@${at.peer.host}` }]);
    expect([five!.inReplyTo, five!.isAnswer]).toEqual([uriOf(four!), true]);
    expect([six!.inReplyTo, six!.isAnswer]).toEqual([five!.id, false]);
  });
});
