import { eq, sql } from "drizzle-orm";
import ICAL from "ical.js";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema, transact } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { getConfig, setConfig } from "#lib/config.ts";
import { decideComment, reviseComment, writeComment } from "#lib/discussion/comment/commands.ts";
import { figureOf } from "#lib/event/figure.ts";
import { inviteStaff } from "#lib/event/staff/commands.ts";
import { inviteMember } from "#lib/group/invitation/commands.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { setOrigin } from "#lib/instance/commands.ts";
import { enqueueMail, startSender, stopSender } from "#lib/jobs/enqueue.ts";
import type { MailMessage } from "#lib/jobs/kinds.ts";
import { decideFlag } from "#lib/moderation/decision/commands.ts";
import { raiseFlag } from "#lib/moderation/flag/commands.ts";
import { listReports } from "#lib/moderation/flag/queries.ts";
import { chooseNotifications } from "#lib/notification/choice/commands.ts";
import { wishMail } from "#lib/notification/suppression/commands.ts";
import { choiceStopPath, getSilence } from "#lib/notification/suppression/queries.ts";
import { confirmParticipation } from "#lib/participation/commands.ts";
import { addParticipation } from "#lib/participation/desk/commands.ts";
import { joinAsProfile } from "#lib/participation/profile/commands.ts";
import { joinEvent } from "#lib/participation/request/commands.ts";
import { getRow, join, makeEvent, request, tokenOf } from "#lib/participation/testing.ts";
import { operator, visitor } from "#lib/policy/viewer.ts";
import { addressKey, linkToken, signedId } from "#lib/secrets.ts";
import { absolute, groupInvitationPath } from "#lib/urls.ts";
import { deliverMail } from "./deliver.ts";
import { MailFault } from "./fault.ts";
import { resendSink } from "./testing/resend.ts";
import { smtpError, smtpSink } from "./testing/smtp.ts";

const { events, mails, participations } = schema;
const given = getConfig();
let test: TestDatabase;
let sink: Awaited<ReturnType<typeof resendSink>>;

beforeAll(async () => {
  test = await testDatabase();
  await startSender(test.db);
  await setOrigin(test.db, given.appUrl);
});
beforeEach(async () => {
  sink = await resendSink();
  setConfig({ ...given, mail: { transport: "resend", apiKey: "re_test", baseUrl: sink.url, webhookSecret: null } });
});
afterEach(async () => {
  setConfig(given);
  await sink.close();
});
afterAll(async () => {
  await stopSender();
  await test.drop();
});

const mailsOf = async (participationId: string) =>
  test.db.select().from(mails).where(eq(mails.participationId, participationId)).orderBy(mails.createdAt, mails.id);
const stateOf = async (id: string) => {
  const [row] = await test.db.select({ state: mails.state, reason: mails.reason }).from(mails).where(eq(mails.id, id));
  return row;
};
/** A request, and the mail that it wrote. */
async function asked(change = {}, ask = {}) {
  const event = await makeEvent(test.db, change);
  const id = await joinEvent(test.db, visitor, request(event.id, ask));
  const [mail] = await mailsOf(id);
  return { event, id, mail: mail!, token: await tokenOf(test.db, id) };
}
/** A participant with a seat, and the receipt. */
async function accepted(change = {}, ask = {}) {
  const all = await asked(change, ask);
  await confirmParticipation(test.db, all.token);
  return { ...all, receipt: (await mailsOf(all.id)).at(-1)! };
}
const write = (participationId: string, message: MailMessage, data = {}) =>
  transact(test.db, (tx) => enqueueMail(tx, { message, participationId, data }));
const body = (at = 0) =>
  sink.calls[at]!.mail as {
    subject: string;
    text: string;
    html: string;
    attachments: { filename: string; content: string; content_type: string }[];
    headers: Record<string, string>;
    from: string;
  };
const calendarOf = (at = 0) => {
  const file = body(at).attachments.find(({ content_type }) => content_type.startsWith("text/calendar"))!;
  const root = new ICAL.Component(ICAL.parse(Buffer.from(file.content, "base64").toString("utf8")));
  const event = new ICAL.Event(root.getFirstSubcomponent("vevent")!);
  return {
    method: root.getFirstPropertyValue("method"),
    uid: event.uid,
    sequence: event.sequence,
    status: event.component.getFirstPropertyValue("status"),
  };
};

describe("what is sent", () => {
  it("a confirmation: the live link, the reader's language, a way to stop all mail, nothing the asker typed", async () => {
    const { mail, token } = await asked(
      { name: "Fête" },
      { language: "fr-CA", name: "<b>Click here</b>", message: "spam" },
    );
    await deliverMail(test.db, mail.id);
    expect(body().subject).toMatch(/^À confirmer/);
    expect(body().text).toContain(`http://localhost:3000/participations/${token}`);
    expect(JSON.stringify(body())).not.toMatch(/Click here|spam/);
    expect(body().text.replaceAll("\u202f", " ")).toContain("Plus aucun message de ce serveur :");
    const key = addressKey("ada@example.org").toString("hex");
    expect(body().headers["List-Unsubscribe"]).toBe(
      `<http://localhost:3000/unsubscribe/${signedId("unsubscribe", key)}/one-click>`,
    );
    expect(await stateOf(mail.id)).toEqual({ state: "sent", reason: null });
  });

  it("to whoever takes part as a profile: to their account's address of now, in its language of now", async () => {
    const event = await makeEvent(test.db, { name: "Fête" });
    const { viewer, actor, account } = await person(test.db, "mailbox");
    const wish = { actor: actor.id, guests: 0, message: "", answers: {} };
    await joinAsProfile(test.db, viewer, event.id, wish);
    const now = { email: "elsewhere@example.org", language: "fr" };
    await test.db.update(schema.accounts).set(now).where(eq(schema.accounts.id, account.id));
    const [row] = await test.db.select().from(participations).where(eq(participations.actorId, actor.id));
    const [receipt] = await mailsOf(row!.id);
    await deliverMail(test.db, receipt!.id);
    expect(sink.calls[0]!.mail).toMatchObject({
      to: "elsewhere@example.org",
      subject: expect.stringMatching(/^C’est noté/),
    });
    await test.db.update(schema.accounts).set({ state: "suspended" }).where(eq(schema.accounts.id, account.id));
    const later = await write(row!.id, "event-cancelled");
    await deliverMail(test.db, later!);
    expect(await stateOf(later!)).toEqual({ state: "dropped", reason: "erased" });
  });

  it("a report to those who moderate and a decision to whom it is about, as long as both are so", async () => {
    const [moderator, maker] = [await person(test.db, "moderator"), await person(test.db, "maker")];
    const role = { role: "moderator" };
    await test.db.update(schema.accounts).set(role).where(eq(schema.accounts.id, moderator.account.id));
    await test.db.update(schema.accounts).set({ language: "fr" }).where(eq(schema.accounts.id, maker.account.id));
    const event = await makeEvent(test.db, { organizerId: maker.actor.id, name: "Get rich" });
    const targets = [{ actorId: maker.actor.id, eventId: event.id, commentId: null, postId: null, messageId: null }];
    const said = { uri: null, reporterId: null, reporterHost: null, content: "A swindle" };
    await transact(test.db, (tx) => raiseFlag(tx, { ...said, targets }));
    const [flag] = await listReports(test.db, { state: "open", limit: 1 });
    const about = async (accountId: string) =>
      (await test.db.select().from(mails).where(eq(mails.accountId, accountId))).find(({ data }) => data.flagId)!;
    const deliver = async (accountId: string) => {
      const { id } = await about(accountId);
      await deliverMail(test.db, id);
      return (await stateOf(id))!.state;
    };
    expect(await deliver(moderator.account.id)).toBe("sent");
    expect(body()).toMatchObject({ to: "moderator@example.org", subject: "Report: Get rich" });
    expect(body().text).toContain(`> A swindle`);
    expect(body().text).toContain(`http://localhost:3000/moderation/reports/${flag!.id}`);
    await decideFlag(test.db, operator, { id: flag!.id, decision: "hide", note: "Between us" });
    expect(await deliver(maker.account.id)).toBe("sent");
    expect(body(1)).toMatchObject({ to: "maker@example.org", subject: "À propos de Get rich" });
    expect(JSON.stringify(body(1))).not.toMatch(/A swindle|Between us/);
    await test.db.delete(mails).where(eq(mails.accountId, maker.account.id));
    await decideFlag(test.db, operator, { id: flag!.id, decision: "show", note: "" });
    await decideFlag(test.db, operator, { id: flag!.id, decision: "hide", note: "" });
    const [shownAgain] = await test.db.select().from(mails).where(eq(mails.accountId, maker.account.id));
    await deliverMail(test.db, shownAgain!.id);
    expect(await stateOf(shownAgain!.id), "hidden meanwhile").toEqual({ state: "dropped", reason: "no longer true" });
  });

  it("a reminder, news and an invitation to an account: each with the link that switches its own row off", async () => {
    const { viewer, actor, account } = await person(test.db, "headers");
    const event = await makeEvent(test.db, { organizerId: actor.id });
    await joinAsProfile(test.db, viewer, event.id, { actor: actor.id, guests: 0, message: "", answers: {} });
    const [row] = await test.db.select().from(participations).where(eq(participations.actorId, actor.id));
    const [at, helper] = [event.startTime.toISOString(), newId()];
    await confirmParticipation(test.db, await join(test.db, event.id, { email: "newcomer@example.org" }));
    await test.db.insert(schema.eventStaff).values({
      ...{ id: helper, eventId: event.id, role: "helper", email: account.email, emailKey: addressKey(account.email!) },
      ...{ language: "en", tokenHash: Buffer.from(helper), expiresAt: new Date(Date.now() + 86_400_000) },
    });
    const news = { subject: "newcomers", since: "2020-01-01T00:00:00.000Z", until: "2100-01-01T00:00:00.000Z" };
    const accountId = account.id;
    const written = [
      ["reminder-day", await write(row!.id, "event-reminder", { startTime: at })],
      ["reminder-week", await write(row!.id, "event-reminder", { startTime: at, reminder: "reminder-week" })],
      [
        "newcomers",
        await transact(test.db, (tx) => enqueueMail(tx, { message: "organizer-news", accountId, data: news })),
      ],
      [
        "invitations",
        await transact(test.db, (tx) => enqueueMail(tx, { message: "event-invitation", staffId: helper })),
      ],
    ] as const;
    for (const [at, [subject, id]] of written.entries()) {
      await deliverMail(test.db, id!);
      const url = absolute(`${choiceStopPath(accountId, subject)}/one-click`);
      expect(body(at).headers).toMatchObject({
        "List-Unsubscribe": `<${url}>`,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      });
      expect(body(at).text).toContain(url.replace("/one-click", ""));
    }
    // What is told always keeps to the event.
    const changed = await write(row!.id, "announcement", { announcementId: newId() });
    await deliverMail(test.db, changed!);
    expect(body(4).headers["List-Unsubscribe"]).toContain(signedId("unsubscribe", row!.id));
    // Switched off, none of them leaves.
    for (const [subject] of written) await chooseNotifications(test.db, accountId, { [subject]: "off" });
    const off = await transact(test.db, (tx) => enqueueMail(tx, { message: "event-invitation", staffId: helper }));
    await deliverMail(test.db, off!);
    expect(await stateOf(off!)).toEqual({ state: "dropped", reason: "no longer true" });
  });

  it("a comment that names somebody: to them, once, if they see the event and have not heard of it anyway", async () => {
    const [host, ida, max] = [
      await person(test.db, "host"),
      await person(test.db, "ida"),
      await person(test.db, "max"),
    ];
    const group = await makeGroup(test.db);
    for (const { actor } of [host, ida]) await enrol(test.db, group, { memberId: actor.id, role: "moderator" });
    const event = await makeEvent(test.db, { organizerId: host.actor.id, comments: "moderated" });
    const inner = await makeEvent(test.db, { organizerId: group, visibility: "members" });
    const content = "@host, @ida, @max, @nobody: who has the key?";
    const comment = { id: newId(), actorId: max.actor.id, thread: null, content, language: "en" };
    await writeComment(test.db, max.viewer, event.id, comment);
    const named = async () => {
      const rows = await test.db.select().from(mails).where(eq(mails.message, "comment-named")).orderBy(mails.id);
      for (const { id } of rows) await deliverMail(test.db, id);
      return sink.calls.map(({ mail }) => (mail as { to: string }).to);
    };
    expect(await named(), "nobody has approved it").toEqual([]);
    await decideComment(test.db, operator, comment.id, "published");
    await decideComment(test.db, operator, comment.id, "hidden");
    await decideComment(test.db, operator, comment.id, "published");
    // The host hears of each comment as such, and Max wrote it.
    expect(await named()).toEqual(["ida@example.org"]);
    expect(body().subject).toBe("max named you: Repair café");
    expect(body().text).toContain(`http://localhost:3000/comments/${comment.id}`);
    expect(body().headers["List-Unsubscribe"]).toContain(choiceStopPath(ida.account.id, "mentions"));

    const among = { ...comment, id: newId(), actorId: host.actor.id, content: "Come, @max" };
    await writeComment(test.db, host.viewer, inner.id, among);
    expect(await named(), "Max is no member").toHaveLength(1);
    await reviseComment(test.db, host.viewer, among.id, { content: "Come, @max and @ida" });
    await chooseNotifications(test.db, ida.account.id, { comments: "daily" });
    expect(await named()).toEqual(["ida@example.org", "ida@example.org"]);
    await writeComment(test.db, host.viewer, inner.id, { ...among, id: newId(), content: "@ida" });
    await chooseNotifications(test.db, ida.account.id, { mentions: "off" });
    expect(await named()).toHaveLength(2);
  });

  it("what a group did to an event: to who made it, as long as it is so", async () => {
    const { account, actor } = await person(test.db, "author");
    await test.db.update(schema.accounts).set({ language: "fr" }).where(eq(schema.accounts.id, account.id));
    const groupId = await makeGroup(test.db, { host: "clubs.example", handle: "club", name: "Club" });
    const event = await makeEvent(test.db, { organizerId: actor.id, name: "Bal" });
    const data = { eventId: event.id, groupId };
    const tell = (message: MailMessage = "event-taken-out") =>
      transact(test.db, (tx) => enqueueMail(tx, { message, accountId: account.id, data }));
    await deliverMail(test.db, (await tell())!);
    expect(body().text).toContain("Club (@club@clubs.example) a retiré votre événement Bal");
    expect(body().text).toContain(`http://localhost:3000/dashboard/events/${event.id}`);
    await test.db.update(events).set({ state: "deleted", deletedAt: new Date() }).where(eq(events.id, event.id));
    // It is deleted now, and was not the group's then.
    for (const message of ["event-taken-out", "event-refused", "event-removed"] as const) {
      const late = (await tell(message))!;
      await deliverMail(test.db, late);
      expect([message, await stateOf(late)]).toEqual([message, { state: "dropped", reason: "no longer true" }]);
    }
    const theirs = { organizerId: groupId, authorId: actor.id, awaiting: true };
    const asked = await makeEvent(test.db, { ...theirs, name: "Fête" });
    const said = { type: "Create", objectId: asked.id, fact: newId(), document: "{}", public: true };
    await test.db.insert(schema.activities).values({ id: newId(), actorId: actor.id, ...said });
    data.eventId = asked.id;
    await deliverMail(test.db, (await tell("event-refused"))!);
    expect(body(1).text).toContain("Club (@club@clubs.example) n’a pas retenu");
    const gone = { state: "deleted", deletedAt: new Date(), authorId: null, awaiting: false };
    await test.db.update(events).set(gone).where(eq(events.id, asked.id));
    await deliverMail(test.db, (await tell("event-removed"))!);
    expect(body(2).text).toContain("a supprimé l’événement Fête");
  });

  it("an invitation to an address without an account: how one is had; and the account, once open, leads back to it", async () => {
    const head = await person(test.db, "head");
    const group = await makeGroup(test.db, { name: "Club", summary: "On **répare** [tout](https://club.example)." });
    await enrol(test.db, group, { memberId: head.actor.id, role: "administrator" });
    const id = await inviteMember(test.db, head.viewer, group, {
      who: "Late@example.org",
      language: "en",
      formId: newId(),
    });
    const [invitation] = await test.db.select().from(mails).where(eq(mails.membershipId, id));
    await deliverMail(test.db, invitation!.id);
    expect(body().text).toContain("On répare tout.");
    expect(body().text).toContain("whoever runs the server looks at it first");
    const late = await person(test.db, "late");
    const opened = { message: "sign-up-approved", accountId: late.account.id } as const;
    await deliverMail(test.db, (await transact(test.db, (tx) => enqueueMail(tx, opened)))!);
    const path = groupInvitationPath(linkToken("membership", id, 0));
    expect(body(1).text).toContain("You are invited into Club");
    expect(body(1).text).toContain(`/sign-in?next=${encodeURIComponent(path)}`);
    const event = await makeEvent(test.db, { organizerId: head.actor.id });
    const staff = { who: "Other@example.org", role: "helper", language: "en", formId: newId() } as const;
    const helper = await inviteStaff(test.db, head.viewer, event.id, staff);
    const [asked] = await test.db.select().from(mails).where(eq(mails.staffId, helper));
    await deliverMail(test.db, asked!.id);
    expect(body(2).text).toContain("whoever runs the server looks at it first");
  });

  it("a receipt: the calendar entry, and no stop header on what was asked for", async () => {
    const { receipt, event } = await accepted({ sequence: 2 });
    await deliverMail(test.db, receipt.id);
    expect(body().headers).not.toHaveProperty("List-Unsubscribe");
    expect(calendarOf()).toEqual({ method: "PUBLISH", uid: event.uid, sequence: 2, status: "CONFIRMED" });
  });

  it("a change, then the end: the same UID, a higher SEQUENCE, METHOD:CANCEL", async () => {
    const { event, id, receipt } = await accepted();
    await deliverMail(test.db, receipt.id);
    const before = figureOf(event, "");
    const after = { ...before, onlineUrl: "https://meet.example.org/x" };
    await test.db.update(events).set({ sequence: 1, onlineUrl: after.onlineUrl }).where(eq(events.id, event.id));
    await deliverMail(test.db, (await write(id, "event-changed", { before, after }))!);
    await test.db.update(events).set({ sequence: 2, status: "cancelled" }).where(eq(events.id, event.id));
    await deliverMail(test.db, (await write(id, "event-cancelled"))!);
    expect([0, 1, 2].map(calendarOf).map(({ uid, sequence, method }) => [uid, sequence, method])).toEqual([
      [event.uid, 0, "PUBLISH"],
      [event.uid, 1, "PUBLISH"],
      [event.uid, 2, "CANCEL"],
    ]);
    expect(body(1).headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
  });

  it.each([
    ["an address that nobody proved", false, "No more mail from this server"],
    ["a confirmed participation", true, "No more mail about this event"],
  ])("to %s: a stop link that says what it does", async (_, proven, label) => {
    const { id } = await accepted({}, { email: `stop-${proven}@example.org` });
    const added = { source: "organizer", confirmedAt: null } as const;
    if (!proven) await test.db.update(participations).set(added).where(eq(participations.id, id));
    await deliverMail(test.db, (await write(id, "already-participating"))!);
    const { text } = body();
    const [, link] = new RegExp(`${label}:\\s+\\S+/unsubscribe/(\\S+)`).exec(text) ?? [];
    await wishMail(test.db, decodeURIComponent(link!));
    const row = await getRow(test.db, id);
    const silence = await getSilence(test.db, { emailKey: row.emailKey, participationId: id });
    expect(silence).toEqual(proven ? { server: null, event: true } : { server: "asked", event: false });
  });

  it("all my links: each live participation of the address, from the server", async () => {
    const one = await accepted({ name: "One" }, { email: "links@example.org" });
    const two = await asked({ name: "Two" }, { email: "Links@example.org" });
    await asked({ name: "Somebody else’s" }, { email: "other@example.org" });
    await deliverMail(test.db, (await write(one.id, "participation-links"))!);
    expect(body().from).toMatch(/^"localhost:3000 via /);
    for (const token of [one.token, two.token]) expect(body().text).toContain(token);
    expect(body().text).not.toContain("Somebody else");
  });
});

describe("what is not sent any more", () => {
  const dropped = async (id: string) => {
    await deliverMail(test.db, id);
    expect(sink.calls).toEqual([]);
    return (await stateOf(id))!;
  };

  it("a confirmation whose request has died, was confirmed, or whose event is off or over", async () => {
    const old = await asked();
    await test.db
      .update(participations)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(participations.id, old.id));
    expect(await dropped(old.mail.id)).toEqual({ state: "dropped", reason: "no longer true" });
    expect((await dropped((await accepted()).mail.id)).state).toBe("dropped");
    const off = await asked();
    await test.db.update(events).set({ status: "cancelled" }).where(eq(events.id, off.event.id));
    expect((await dropped(off.mail.id)).state).toBe("dropped");
    const over = await asked();
    await test.db
      .update(events)
      .set({ startTime: sql`now() - interval '2 hours'`, endTime: sql`now() - interval '1 hour'` })
      .where(eq(events.id, over.event.id));
    expect((await dropped(over.mail.id)).state).toBe("dropped");
  });

  it("a confirmation whose link was replaced", async () => {
    const { id, mail } = await asked();
    await test.db
      .update(participations)
      .set({ tokenHash: Buffer.alloc(32) })
      .where(eq(participations.id, id));
    expect((await dropped(mail.id)).reason).toBe("no longer true");
  });

  it("anything to an erased address, or whose row is gone", async () => {
    const { id, receipt } = await accepted();
    await test.db
      .update(participations)
      .set({ email: null, emailKey: null, erasedAt: sql`now()`, name: "" })
      .where(eq(participations.id, id));
    expect((await dropped(receipt.id)).reason).toBe("erased");
    await test.db.delete(participations).where(eq(participations.id, id));
    await deliverMail(test.db, receipt.id);
  });

  it("news of an event to who wants none, but still their own links; nothing at all after the wider wish", async () => {
    const { event, id } = await accepted({}, { email: "quiet@example.org" });
    const link = signedId("unsubscribe", id);
    await wishMail(test.db, link);
    await test.db.update(events).set({ status: "cancelled" }).where(eq(events.id, event.id));
    expect((await dropped((await write(id, "event-cancelled"))!)).reason).toBe("unsubscribed");
    await deliverMail(test.db, (await write(id, "participation-links"))!);
    expect(sink.calls).toHaveLength(1);
    await wishMail(test.db, link, "server");
    const silent = (await write(id, "participation-links"))!;
    await deliverMail(test.db, silent);
    expect(await stateOf(silent)).toEqual({ state: "dropped", reason: "suppressed: asked" });
    await wishMail(test.db, link, "allow");
    await deliverMail(test.db, (await write(id, "event-cancelled"))!);
    expect(sink.calls).toHaveLength(2);
  });

  it("a place or address kept back, to who has no seat: a change of them alone is not their news", async () => {
    const { event, id } = await accepted(
      { placeDisclosure: "accepted", onlineDisclosure: "accepted", joinMode: "approval" },
      { email: "p@example.org" },
    );
    const before = figureOf(event, "Here");
    const after = { ...before, place: "There", onlineUrl: "https://meet.example/room" };
    const told = (await write(id, "event-changed", { before, after }))!;
    expect((await dropped(told)).reason).toBe("no longer true");
  });
});

describe("what goes wrong", () => {
  it("killed between sending and marking: the same bytes under the same key, once more at most", async () => {
    const { mail } = await asked();
    const dead = new Proxy(test.db, {
      get: (db, name) => {
        if (name === "update") throw new Error("killed");
        return Reflect.get(db, name);
      },
    });
    await expect(deliverMail(dead, mail.id)).rejects.toThrow("killed");
    expect(await stateOf(mail.id)).toMatchObject({ state: "queued" });
    await deliverMail(test.db, mail.id);
    await deliverMail(test.db, mail.id);
    expect(sink.calls.map(({ key }) => key)).toEqual([mail.id, mail.id]);
    expect(sink.calls[1]!.body).toBe(sink.calls[0]!.body);
    expect(sink.left.size).toBe(1);
  });

  it("later: stays queued and is thrown to the queue; a named time is kept without counting as a failure", async () => {
    const { mail } = await asked();
    sink.answer = () => ({ status: 500, body: { statusCode: 500, name: "application_error", message: "x" } });
    await expect(deliverMail(test.db, mail.id)).rejects.toBeInstanceOf(MailFault);
    sink.answer = () => ({
      status: 429,
      body: { statusCode: 429, name: "rate_limit_exceeded", message: "x" },
      headers: { "Retry-After": "60" },
    });
    await deliverMail(test.db, mail.id);
    expect(await stateOf(mail.id)).toMatchObject({ state: "queued" });
    const jobs = await test.db.execute<{ wait: number }>(
      sql`select extract(epoch from start_after - now())::int as wait from pgboss.job where name = 'mail' and data->>'mailId' = ${mail.id} order by start_after`,
    );
    expect(jobs).toHaveLength(2);
    expect(jobs[1]!.wait).toBeGreaterThan(50);
    sink.answer = () => ({ status: 200 });
    await deliverMail(test.db, mail.id);
    expect(await stateOf(mail.id)).toMatchObject({ state: "sent" });
  });

  it("more than three an hour and six a day to an address that an organiser wrote down waits, whatever is said of how many events", async () => {
    const ids: string[] = [];
    for (let at = 0; at < 8; at++) {
      const { id: eventId } = await makeEvent(test.db);
      const typed = { name: "", email: "typed@example.org", guests: 0, formId: newId(), language: "en" };
      ids.push(await addParticipation(test.db, operator, eventId, typed));
    }
    const written = (await Promise.all(ids.map((id) => write(id, "announcement", { announcementId: newId() }))))!;
    const deliver = async () => {
      for (const id of ids) for (const mail of await mailsOf(id)) await deliverMail(test.db, mail.id);
      return sink.calls.length;
    };
    const pass = () => test.db.execute(sql`update limits set window_end = window_end - interval '61 minutes'`);
    expect(await deliver()).toBe(3);
    await pass();
    sink.answer = () => ({ status: 500, body: { statusCode: 500, name: "application_error", message: "x" } });
    await expect(deliverMail(test.db, written[0]!)).rejects.toBeInstanceOf(MailFault);
    sink.answer = () => ({ status: 200 });
    expect(await deliver(), "what did not leave is not counted").toBe(7);
    await pass();
    expect(await deliver()).toBe(7);
    expect(await stateOf(written.at(-1)!)).toMatchObject({ state: "queued" });
  });

  it("an unknown mailbox: failed without its address, unreachable, and nothing more is sent there for 30 days", async () => {
    const smtp = await smtpSink({ rcpt: (address) => smtpError(550, `5.1.1 <${address}> unknown`) });
    setConfig({ ...given, mail: { transport: "smtp", url: smtp.url } });
    const { id, mail } = await asked({}, { email: "nobody@example.org" });
    await deliverMail(test.db, mail.id);
    expect(await stateOf(mail.id)).toEqual({ state: "failed", reason: "550 5.1.1 RCPT TO" });
    expect((await getRow(test.db, id)).unreachableAt).not.toBeNull();
    const again = await asked({}, { email: "nobody@example.org" });
    await deliverMail(test.db, again.mail.id);
    expect(await stateOf(again.mail.id)).toEqual({ state: "dropped", reason: "suppressed: bounce" });
    await test.db.update(schema.suppressions).set({ createdAt: sql`now() - interval '31 days'` });
    smtp.behaviour.rcpt = () => null;
    const back = await asked({}, { email: "nobody@example.org" });
    await deliverMail(test.db, back.mail.id);
    expect(await stateOf(back.mail.id)).toMatchObject({ state: "sent" });
    await smtp.close();
  });

  it("given up after a week, with the reason", async () => {
    const { mail } = await asked();
    await test.db.update(mails).set({ createdAt: sql`now() - interval '8 days'` }).where(eq(mails.id, mail.id));
    await deliverMail(test.db, mail.id);
    expect(await stateOf(mail.id)).toEqual({ state: "failed", reason: "a week old" });
  });
});

it("knows the token of a link only by deriving it", async () => {
  const event = await makeEvent(test.db);
  const token = await join(test.db, event.id);
  const rows = await test.db.execute(sql`select * from mails, participations`);
  expect(JSON.stringify(rows)).not.toContain(token);
  expect(linkToken("participation", "x", 0)).toHaveLength(43);
});
