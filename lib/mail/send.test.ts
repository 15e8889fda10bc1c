import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { getConfig, type MailConfig, setConfig } from "#lib/config.ts";
import { newId } from "#lib/ids.ts";
import { type Outgoing, toBytes } from "./compose.ts";
import { MailFault } from "./fault.ts";
import { listKeptMail, readKeptMail } from "./outbox.ts";
import { sendMail } from "./send.ts";
import { resendSink } from "./testing/resend.ts";
import { smtpError, smtpSink } from "./testing/smtp.ts";

const given = getConfig();
afterEach(() => void setConfig(given));
const use = (mail: MailConfig) =>
  setConfig({ ...given, mail, appUrl: "https://parvis.example", mailFrom: "events@parvis.example" });

const mail = (change: Partial<Outgoing> = {}): Outgoing => ({
  id: newId(),
  createdAt: new Date("2026-11-23T12:00:00Z"),
  to: "zoe@example.org",
  sender: "Les Bricoleuses",
  language: "fr",
  subject: "C’est noté\u202f: Repair café",
  text: "Bonjour\n.\nfin",
  html: "<p>Bonjour</p>",
  attachments: [
    {
      filename: "event.ics",
      contentType: "text/calendar; charset=utf-8; method=PUBLISH",
      content: "BEGIN:VCALENDAR\r\n",
    },
    { filename: "parvis.png", contentType: "image/png", content: Buffer.from([1, 2, 3]), cid: "strip" },
  ],
  unsubscribe: "https://parvis.example/unsubscribe/x.y/one-click",
  ...change,
});

const fault = async (sent: Promise<void>): Promise<MailFault> => {
  const error = await sent.then(
    () => null,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(MailFault);
  return error as MailFault;
};

/** Header lines, unfolded, by lower-case name. */
const headers = (bytes: string): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const row of bytes
    .split("\r\n\r\n")[0]!
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n")) {
    const [name, ...value] = row.split(":");
    found.set(name!.toLowerCase(), [...(found.get(name!.toLowerCase()) ?? []), value.join(":").trim()]);
  }
  return found;
};

describe("the bytes", () => {
  it("are the same each time, with our Message-ID, the row's date and the headers of an automatic mail", async () => {
    use({ transport: "outbox", directory: "" });
    const one = mail();
    const bytes = (await toBytes(one)).toString("utf8");
    expect((await toBytes(one)).toString("utf8")).toBe(bytes);
    const head = headers(bytes);
    expect(head.get("message-id")).toEqual([`<${one.id}@parvis.example>`]);
    expect(head.get("date")).toEqual(["Mon, 23 Nov 2026 12:00:00 +0000"]);
    expect(head.get("from")).toEqual(['"Les Bricoleuses via parvis.example" <events@parvis.example>']);
    expect(head.get("to")).toEqual(["zoe@example.org"]);
    expect(head.get("auto-submitted")).toEqual(["auto-generated"]);
    expect(head.get("list-unsubscribe")).toEqual([`<${one.unsubscribe}>`]);
    expect(head.get("list-unsubscribe-post")).toEqual(["List-Unsubscribe=One-Click"]);
    expect(bytes).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=PUBLISH/);
    expect(bytes).toMatch(/Content-Id: <strip>/i);
  });

  it("leave no room for another header or recipient", async () => {
    use({ transport: "outbox", directory: "" });
    const evil = 'A\r\nBcc: victim@elsewhere.example\r\n\r\nbody "q", <x@y.example>';
    const bytes = (await toBytes(mail({ subject: evil, sender: evil, unsubscribe: null }))).toString("utf8");
    const head = headers(bytes);
    expect([...head.keys()].sort()).toEqual(
      "auto-submitted content-language content-type date from message-id mime-version subject to".split(" "),
    );
    expect(head.get("from")![0]).toMatch(/^"A Bcc: .*" <events@parvis\.example>$/);
    expect(head.get("subject")![0]).toMatch(/^=\?UTF-8\?Q\?A_Bcc=3A_victim/);
  });
});

describe("files", () => {
  it("hold one whole message each; sent again, it is the same file", async () => {
    const directory = mkdtempSync(join(tmpdir(), "parvis-mail-"));
    use({ transport: "file", directory });
    const one = mail();
    await sendMail(one);
    await sendMail(one);
    expect(readdirSync(directory)).toEqual([`${one.id}.eml`]);
    expect(readFileSync(join(directory, `${one.id}.eml`))).toEqual(await toBytes(one));
  });

  it("keep a mail for the mailbox as it was, newest first", async () => {
    const directory = mkdtempSync(join(tmpdir(), "parvis-mail-"));
    use({ transport: "outbox", directory });
    const [first, second] = [mail(), mail({ to: "other@example.org", id: newId(Date.now() + 5) })];
    await sendMail(first);
    await sendMail(second);
    expect(await readKeptMail(directory, first.id)).toMatchObject({
      subject: first.subject,
      createdAt: first.createdAt,
    });
    expect((await toBytes((await readKeptMail(directory, first.id))!)).equals(await toBytes(first))).toBe(true);
    expect((await listKeptMail(directory)).map(({ id }) => id)).toEqual([second.id, first.id]);
    expect((await listKeptMail(directory, { to: "Other@example.org" })).map(({ id }) => id)).toEqual([second.id]);
    expect(await readKeptMail(directory, "../../etc/passwd")).toBeNull();
  });
});

describe("an SMTP server", () => {
  it("gets the same bytes twice when it breaks off after the message", async () => {
    const sink = await smtpSink({ data: () => (sink.received.length === 1 ? "reset" : null) });
    use({ transport: "smtp", url: sink.url });
    const one = mail();
    expect((await fault(sendMail(one))).kind).toBe("later");
    await sendMail(one);
    expect(sink.received).toHaveLength(2);
    expect(sink.received[1]!.bytes).toBe(sink.received[0]!.bytes);
    expect(sink.received[0]).toMatchObject({ from: "events@parvis.example", to: ["zoe@example.org"] });
    await sink.close();
  });

  it.each([
    ["a full mailbox", { rcpt: () => smtpError(452, "4.2.2 full") }, "later"],
    ["an unknown mailbox", { rcpt: () => smtpError(550, "5.1.1 no such user <zoe@example.org>") }, "recipient"],
    ["an old server's refusal", { rcpt: () => smtpError(550, "No such user") }, "recipient"],
    ["a relay that does not know us", { rcpt: () => smtpError(554, "5.7.1 relaying denied") }, "later"],
    ["a message it dislikes", { data: () => smtpError(554, "5.6.0 no") }, "message"],
    ["a busy queue", { data: () => smtpError(451, "4.3.0 later") }, "later"],
  ] as const)("that refuses: %s", async (_name, behaviour, kind) => {
    const sink = await smtpSink(behaviour);
    use({ transport: "smtp", url: sink.url });
    const error = await fault(sendMail(mail()));
    expect(error.kind).toBe(kind);
    expect(error.message).not.toContain("@");
    await sink.close();
  });

  it("that falls silent is left in time", async () => {
    const sink = await smtpSink({ data: () => "silence" });
    use({ transport: "smtp", url: sink.url });
    const began = Date.now();
    expect(await fault(sendMail(mail(), { timeout: 700 }))).toMatchObject({ kind: "later" });
    expect(Date.now() - began).toBeLessThan(3000);
    await sink.close();
  });

  it("that is not there is tried again", async () => {
    const sink = await smtpSink();
    await sink.close();
    use({ transport: "smtp", url: sink.url });
    expect((await fault(sendMail(mail()))).kind).toBe("later");
  });
});

describe("Resend", () => {
  const start = async (...args: Parameters<typeof resendSink>) => {
    const sink = await resendSink(...args);
    use({ transport: "resend", apiKey: "re_test", baseUrl: sink.url, webhookSecret: null });
    return sink;
  };

  it("gets one recipient, our headers and the row's id as key", async () => {
    const sink = await start();
    const one = mail();
    await sendMail(one);
    const { key, authorization, mail: body } = sink.calls[0]!;
    expect([key, authorization]).toEqual([one.id, "Bearer re_test"]);
    expect(body).toMatchObject({
      from: '"Les Bricoleuses via parvis.example" <events@parvis.example>',
      to: "zoe@example.org",
      headers: { "Auto-Submitted": "auto-generated", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
      attachments: [
        { filename: "event.ics", content_type: "text/calendar; charset=utf-8; method=PUBLISH" },
        { filename: "parvis.png", content_id: "strip" },
      ],
    });
    await sink.close();
  });

  it.each([
    ["too much at once", 429, "rate_limit_exceeded", "later"],
    ["the day's quota", 429, "daily_quota_exceeded", "later"],
    ["a fault of theirs", 500, "internal_server_error", "later"],
    ["away", 503, "application_error", "later"],
    ["a wrong key", 401, "invalid_api_key", "later"],
    ["the same mail at this moment", 409, "concurrent_idempotent_requests", "later"],
    ["a mail it cannot send", 422, "validation_error", "message"],
  ] as const)("that says no: %s", async (_name, status, name, kind) => {
    const sink = await start(() => ({ status, body: { statusCode: status, name, message: "no" } }));
    expect((await fault(sendMail(mail()))).kind).toBe(kind);
    await sink.close();
  });

  it("that refuses the recipient, names a time to wait, falls silent or breaks off", async () => {
    const body = (message: string) => ({ statusCode: 422, name: "validation_error", message });
    const sink = await start(() => ({ status: 422, body: body("Invalid `to` field.") }));
    expect((await fault(sendMail(mail()))).kind).toBe("recipient");
    sink.answer = () => ({
      status: 429,
      body: { ...body("wait"), name: "rate_limit_exceeded", statusCode: 429 },
      headers: { "Retry-After": "7" },
    });
    expect(await fault(sendMail(mail()))).toMatchObject({ kind: "later", retryAfter: 7 });
    sink.answer = () => "silence";
    expect((await fault(sendMail(mail(), { timeout: 500 }))).kind).toBe("later");
    sink.answer = () => "reset";
    expect((await fault(sendMail(mail()))).kind).toBe("later");
    await sink.close();
  });

  it("sent twice under one key: it left once, and a mail whose event changed meanwhile counts as sent", async () => {
    const sink = await start();
    const one = mail();
    await sendMail(one);
    await sendMail(one);
    expect(sink.calls[1]!.body).toBe(sink.calls[0]!.body);
    await sendMail({ ...one, subject: "Another" });
    expect(sink.left.size).toBe(1);
    expect(sink.left.get(one.id)).toBe(sink.calls[0]!.body);
    await sink.close();
  });
});
