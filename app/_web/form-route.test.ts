import { eq, inArray } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { keepForm } from "#lib/form/commands.ts";
import { getForm } from "#lib/form/queries.ts";
import { newId } from "#lib/ids.ts";
import { translator } from "#lib/locale/index.ts";
import { Refusal } from "#lib/refusal.ts";
import { setDatabase } from "./database.ts";
import { formGone } from "./form-gone.tsx";
import { FormGuard, formAge } from "./form-guard.tsx";
import { cleanText, formRoute, isText } from "./form-route.ts";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
  setDatabase(base.db);
});
afterAll(() => base.drop());

const origin = "http://localhost:3000";
const path = "/things";

/** What the command was given, call by call: nothing refused may reach it. */
let acted: unknown[] = [];
let act: (input: unknown) => Promise<string> = async () => "/done";
beforeEach(() => {
  acted = [];
  act = async () => "/done";
});

const POST = formRoute({
  input: z.object({
    name: z.string({ error: "bad-form" }).min(1, "required").max(100, "too-long"),
    guests: z.coerce.number().int().min(0, "number-invalid").max(5, "guests-too-many").optional(),
    password: z.string().optional(),
    answers: z.record(z.string(), z.string()).optional(),
  }),
  back: () => "/things/new",
  labels: () => ({ name: "Title" }),
  secret: ["password"],
  act: async (input, { formId }) => {
    acted.push({ ...input, formId });
    return act(input);
  },
});

const guard = (at = path): Record<string, string> =>
  Object.fromEntries(FormGuard({ path: at }).map(({ props }) => [props.name, props.value]));

type Sent = { body?: BodyInit | null; headers?: Record<string, string>; method?: string; duplex?: "half" };
const send = ({ body, headers = {}, ...rest }: Sent) =>
  POST(
    new Request(origin + path, {
      method: "POST",
      body,
      headers: { origin, "sec-fetch-site": "same-origin", ...headers },
      ...rest,
    } as RequestInit),
    { params: Promise.resolve({}) },
  );
const fields = (entries: Record<string, string> | [string, string][], headers?: Record<string, string>) =>
  send({
    body: new URLSearchParams([
      ...Object.entries(guard()),
      ...(Array.isArray(entries) ? entries : Object.entries(entries)),
    ]),
    headers,
  });
const idOf = (answer: Response) => new URL(answer.headers.get("location")!, origin).searchParams.get("form")!;
const formOf = async (answer: Response) => (await getForm(base.db, idOf(answer), "/things/new"))!;

describe("a form that is right", () => {
  it("reaches its command with known fields only, and is answered by 303 to a path", async () => {
    const answer = await fields({
      name: "  Ada\r\nLovelace\u0007\u202e ",
      guests: "2",
      role: "administrator",
      "answers[a-1]": "yes",
    });
    expect([answer.status, answer.headers.get("location"), answer.headers.get("cache-control")]).toEqual([
      303,
      "/done",
      "no-store",
    ]);
    expect(acted).toEqual([
      { name: "  Ada\nLovelace ", guests: 2, answers: { "a-1": "yes" }, formId: expect.any(String) },
    ]);
  });

  it("is the same by multipart", async () => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...guard(), name: "Ada" })) body.append(name, value);
    expect((await send({ body })).status).toBe(303);
    expect(acted).toHaveLength(1);
  });

  it("hands on the form's id, or a new one when it is none", async () => {
    const { form_id } = guard();
    await send({ body: new URLSearchParams({ form_id: form_id!, name: "a" }) });
    await send({ body: new URLSearchParams({ form_id: "1 or 1=1", name: "a" }) });
    expect(acted).toMatchObject([{ formId: form_id }, { formId: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
  });
});

describe("where a form comes from", () => {
  const sent = async (headers: Record<string, string>, token = guard()) => {
    const { status } = await POST(
      new Request(origin + path, { method: "POST", body: new URLSearchParams({ ...token, name: "Ada" }), headers }),
      { params: Promise.resolve({}) },
    );
    return [status, acted.length];
  };

  it.each([
    ["this page", { origin, "sec-fetch-site": "same-origin" }, 303, 1],
    ["a browser without Sec-Fetch", { origin }, 303, 1],
    ["a browser without either", {}, 303, 1],
    ["a page without referrer", { origin: "null", "sec-fetch-site": "same-origin" }, 303, 1],
    ["another site", { origin: "https://e.example", "sec-fetch-site": "cross-site" }, 403, 0],
    ["another site without Sec-Fetch", { origin: "https://e.example" }, 403, 0],
    ["another port", { origin: "http://localhost:3001" }, 403, 0],
    ["another scheme", { origin: "https://localhost:3000" }, 403, 0],
    ["a site that begins like ours", { origin: `${origin}.e.example` }, 403, 0],
    ["a sister site", { origin, "sec-fetch-site": "same-site" }, 403, 0],
    ["nowhere (typed address, bookmark)", { "sec-fetch-site": "none" }, 403, 0],
    ["a sandbox", { origin: "null" }, 403, 0],
    ["a sandbox elsewhere", { origin: "null", "sec-fetch-site": "cross-site" }, 403, 0],
  ])("%s: with a token", async (_, headers, status, count) => {
    expect(await sent(headers as Record<string, string>)).toEqual([status, count]);
  });

  it("without origin must hold a token of ours, for this form, this path, not older than 48 h", async () => {
    const good = guard();
    const old = Math.floor(Date.now() / 1000) - 49 * 3600;
    for (const form_token of [
      "",
      "x",
      "1.2",
      good.form_token!.slice(0, -2),
      `${old}.${good.form_token!.split(".")[1]}`,
      `${good.form_token}.x`,
      guard("/other").form_token!,
      guard().form_token!,
    ]) {
      // Not executed, but kept: the page comes back with what was typed.
      expect(await sent({}, { ...good, form_token })).toEqual([303, 0]);
    }
    expect(await sent({}, good)).toEqual([303, 1]);
  });

  it("is dated: age counts from the page, ends at 48 h, and never comes from the future", () => {
    const { form_id, form_token } = guard() as { form_id: string; form_token: string };
    const hours = (count: number) => formAge(form_id, form_token, path, Date.now() + count * 3_600_000);
    expect(hours(0)).toBeLessThan(2);
    expect(hours(1)).toBeGreaterThan(3_590);
    expect(hours(47.9)).not.toBe(null);
    expect(hours(48.1)).toBe(null);
    expect(hours(-1)).toBe(null);
    fc.assert(fc.property(fc.string(), fc.string(), (id, token) => formAge(id, token, path) === null));
  });
});

describe("a form that cannot be read", () => {
  it.each([
    ["no type", { body: new Uint8Array([1]) }, 415],
    ["JSON", { body: "{}", headers: { "content-type": "application/json" } }, 415],
    [
      "plain text, as other sites' forms can send it",
      { body: "name=Ada", headers: { "content-type": "text/plain" } },
      415,
    ],
    ["XML", { body: "<a/>", headers: { "content-type": "text/xml" } }, 415],
    [
      "something that only begins like a form",
      { body: "a=b", headers: { "content-type": "application/x-www-form-urlencodedx" } },
      415,
    ],
    ["multipart without boundary", { body: "x", headers: { "content-type": "multipart/form-data" } }, 303],
    [
      "multipart cut short",
      {
        body: `--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nAd`,
        headers: { "content-type": "multipart/form-data; boundary=b" },
      },
      303,
    ],
    [
      "multipart of noise",
      { body: new Uint8Array(5_000).fill(45), headers: { "content-type": "multipart/form-data; boundary=b" } },
      303,
    ],
    [
      "a gigabyte declared",
      { body: "a=b", headers: { "content-type": "application/x-www-form-urlencoded", "content-length": "1073741824" } },
      413,
    ],
    [
      "a length that is none",
      { body: "name=", headers: { "content-type": "application/x-www-form-urlencoded", "content-length": "-1" } },
      303,
    ],
    [
      "too much",
      { body: `name=${"a".repeat(1024 * 1024)}`, headers: { "content-type": "application/x-www-form-urlencoded" } },
      413,
    ],
    [
      "too much behind percent signs",
      { body: `name=${"%41".repeat(400_000)}`, headers: { "content-type": "application/x-www-form-urlencoded" } },
      413,
    ],
    ["too many fields", { body: new URLSearchParams(Array.from({ length: 10_000 }, (_, at) => [`f${at}`, "x"])) }, 413],
    ["too many of one", { body: new URLSearchParams(Array.from({ length: 10_000 }, () => ["name", "x"])) }, 413],
    ["nothing", { body: null, headers: { "content-type": "application/x-www-form-urlencoded" } }, 303],
  ] as [string, Sent, number][])("%s: no 5xx, nothing done", async (_, sent, status) => {
    const answer = await send(sent);
    expect([answer.status, acted]).toEqual([status, []]);
    expect(await answer.text()).not.toMatch(/Error:|at .*\.ts/);
  });

  it("counts what arrives, not what was declared", async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(97));
        if (sent > 20_000_000) controller.close();
      },
    });
    const answer = await send({
      body,
      duplex: "half",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(answer.status).toBe(413);
    expect(sent).toBeLessThan(2_000_000);
  });

  it("takes no file of more than ten megabytes", async () => {
    const files = { picture: async () => "" };
    const take = formRoute({ input: z.object({}), back: () => path, files, act: async () => "/done" });
    const sent = async (size: number) => {
      const body = new FormData();
      body.set("picture", new Blob([new Uint8Array(size)]));
      const request = new Request(origin + path, { method: "POST", body, headers: { origin } });
      return (await take(request, { params: Promise.resolve({}) })).status;
    };
    expect([await sent(10_485_760), await sent(10_485_761)]).toEqual([303, 413]);
  });

  it("takes no file where none is asked for", async () => {
    const body = new FormData();
    for (const [name, value] of Object.entries(guard())) body.append(name, value);
    body.append("name", new File(["<svg onload=alert(1)>"], "x.svg", { type: "image/svg+xml" }));
    expect((await send({ body })).status).toBe(303);
    expect(acted).toEqual([]);
  });
});

describe("hostile fields", () => {
  it.each([
    [
      "a repeated scalar",
      [
        ["name", "a"],
        ["name", "b"],
      ],
    ],
    ["a list where a text belongs", [["name[]", "a"]]],
    ["an object where a text belongs", [["name[x]", "a"]]],
    [
      "an object and a text",
      [
        ["answers", "x"],
        ["answers[a]", "y"],
        ["name", "a"],
      ],
    ],
    ["NUL", [["name", "a\u0000b"]]],
    [
      "a number that is none",
      [
        ["name", "a"],
        ["guests", "NaN"],
      ],
    ],
    [
      "infinity",
      [
        ["name", "a"],
        ["guests", "1e309"],
      ],
    ],
    [
      "a huge integer",
      [
        ["name", "a"],
        ["guests", "9".repeat(400)],
      ],
    ],
    [
      "2^53",
      [
        ["name", "a"],
        ["guests", "9007199254740993"],
      ],
    ],
    [
      "a fraction",
      [
        ["name", "a"],
        ["guests", "1.5"],
      ],
    ],
    [
      "less than none",
      [
        ["name", "a"],
        ["guests", "-1"],
      ],
    ],
    ["a long text", [["name", "a".repeat(101)]]],
    ["nothing", [["name", ""]]],
  ] as [string, [string, string][]][])("%s: shown beside the field, nothing done", async (_, entries) => {
    const answer = await fields(entries);
    expect([answer.status, acted]).toEqual([303, []]);
    expect(answer.headers.get("location")).toMatch(/^\/things\/new\?form=[0-9a-f-]{36}#errors$/);
    const { errors } = await formOf(answer);
    expect(Object.keys(errors).length).toBeGreaterThan(0);
  });

  it("cannot reach a prototype", async () => {
    for (const name of [
      "__proto__",
      "constructor",
      "prototype",
      "__proto__[polluted]",
      "constructor[prototype]",
      "answers[__proto__]",
      "answers[constructor]",
      "toString",
      "hasOwnProperty",
    ])
      await fields([
        ["name", "Ada"],
        [name, "polluted"],
      ]);
    expect(({} as Record<string, unknown>).polluted).toBe(undefined);
    expect(Object.prototype.toString.call({})).toBe("[object Object]");
    expect(acted).toHaveLength(9);
    for (const input of acted) expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
  });

  it("never make a 5xx, whatever their names and values are", async () => {
    const name = fc.oneof(
      fc.constantFrom(
        "name",
        "guests",
        "answers",
        "answers[a]",
        "form_id",
        "form_token",
        "__proto__",
        "a[b][c]",
        "[",
        "]",
      ),
      fc.string(),
    );
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("-0", "1e309", "%", "%zz", "\u202e", "\ufeff", "Z͑ͫ̓ͪ̂ͫ̽͏", "'; drop table events --", "{{7*7}}"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, value), { maxLength: 8 }), async (entries) => {
        const answer = await fields(entries as [string, string][]);
        expect(answer.status).toBeLessThan(500);
        expect(answer.headers.get("location") ?? "/").toMatch(/^\//);
      }),
      { numRuns: 200 },
    );
  });

  it("never make a 5xx, whatever the bytes are", async () => {
    const type = fc.constantFrom(
      "application/x-www-form-urlencoded",
      "application/x-www-form-urlencoded; charset=utf-16",
      "multipart/form-data; boundary=b",
      "multipart/form-data; boundary=",
      `multipart/form-data; boundary="${"b".repeat(200)}"`,
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), type, async (body, contentType) => {
        expect(
          (await send({ body: body as Uint8Array<ArrayBuffer>, headers: { "content-type": contentType } })).status,
        ).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
    expect(acted).toEqual([]);
  });
});

describe("a form that is refused", () => {
  it("comes back filled in, with a sentence beside the field, secrets and tokens left out", async () => {
    const answer = await fields({ name: "", guests: "9", password: "hunter2", note: "kept" });
    const form = await formOf(answer);
    expect(form).toMatchObject({
      outcome: "refused",
      values: { name: "", guests: "9", note: "kept" },
      errors: { name: "required", guests: "guests-too-many" },
    });
    const [row] = await base.db.select().from(schema.forms).where(eq(schema.forms.id, form.id));
    expect(JSON.stringify(row)).not.toMatch(/hunter2|form_token/);
    const hour = row!.expiresAt.getTime() - Date.now();
    expect(Math.abs(hour - 3_600_000)).toBeLessThan(60_000);
  });

  it("by its command is the same", async () => {
    act = async () => {
      throw new Refusal("event-full", { field: "guests" });
    };
    expect((await formOf(await fields({ name: "Ada" }))).errors).toEqual({ guests: "event-full" });
  });

  it("for asking too often says how long to wait", async () => {
    act = async () => {
      throw new Refusal("too-many-requests", { retryAfter: 60 });
    };
    const answer = await fields({ name: "Ada" });
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([303, "60"]);
  });

  it("for what has no form to go back to gets a page of its own, with its status, in the reader's language", async () => {
    for (const [code, status] of [
      ["not-found", 404],
      ["gone", 410],
      ["forbidden", 403],
    ] as const) {
      act = async () => {
        throw new Refusal(code);
      };
      const answer = await fields({ name: "Ada" }, { "accept-language": "fr" });
      expect(answer.status).toBe(status);
      expect(await answer.text()).toMatch(/<html lang="fr"/);
    }
  });

  it.each(["53100", "EHOSTUNREACH", "ENOTFOUND", "40P01", "ENOSPC", "EROFS"])(
    "for a store that takes nothing (%s) is 503, says when to try again, and gives back what was typed",
    async (code) => {
      act = async () => {
        throw new Error("Failed query", { cause: Object.assign(new Error(code), { code }) });
      };
      const answer = await fields({ name: "picnic" });
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "30"]);
      expect(await answer.text()).toContain('<h3>Title</h3><pre dir="auto">picnic</pre>');
    },
  );

  describe("for what is no page of theirs any more", () => {
    const shown = async (sent: Record<string, string>) => {
      act = async () => {
        throw new Refusal("not-found");
      };
      const page = await (await fields({ ...sent, password: "hunter2", intent: "save" })).text();
      expect(page).not.toContain("hunter2");
      return [...page.matchAll(/(?:<h3>([^<]*)<\/h3>)?<pre[^>]*>(.*?)<\/pre>/gs)].map((found) => found.slice(1));
    };

    it("shows what they had typed as text, under what its control is called", async () => {
      expect(await shown({ name: "Fête <b>au parc</b>", content: "a\n\nb" })).toEqual([
        ["Title", "Fête &lt;b&gt;au parc&lt;/b&gt;"],
        [undefined, "a\n\nb"],
      ]);
    });

    it.each([
      [
        "an event",
        { startDate: "2026-12-05", startTime: "19:00", capacity: "12", addressLocality: "oullins", bring: "soupe" },
        { category: "MEETING", priceCurrency: "EUR", timezone: "Europe/Paris", seen: "2026-11-27T10:00:00.000Z" },
      ],
      ["a post", { content: "picnic", tags: "news", pictureName: "oui" }, { visibility: "public", coverKept: "a1" }],
      ["a message", { content: "merci" }, { actor: newId(), quoted: newId(), message: newId() }],
      ["settings", { homeTown: "lyon", locality: "-", host: "a.example" }, { homeRadius: "25", comments: "at-once" }],
      ["questions", { question1_label: "why", "answers[a-1]": "yes" }, { question1_kind: "text", guests: "2" }],
    ])(
      "shows all that they typed of %s, whatever it looks like, and nothing that they chose",
      async (_, typed, rest) => {
        const entered = { name: "lea", ...typed };
        expect((await shown({ ...rest, ...entered })).map(([, words]) => words)).toEqual(Object.values(entered));
      },
    );
  });

  it("loses nothing where its page is not theirs any more once it comes back to it", async () => {
    const kept = await formOf(await fields({ name: "picnic", guests: "9", password: "hunter2" }));
    const shown = (form: typeof kept | null) => formGone(translator("en"), form).props;
    expect(shown(kept)).toMatchObject({ typed: [{ words: "picnic" }] });
    for (const other of [null, { ...kept, outcome: "sent" }]) expect(shown(other)).not.toHaveProperty("typed");
  });

  it("is found under its random id, on its own page, for an hour", async () => {
    const { id } = await formOf(await fields({ name: "" }));
    expect(await getForm(base.db, id, "/things/new")).toBeTruthy();
    expect(await getForm(base.db, id, "/other")).toBe(null);
    for (const other of [newId(), "", null, ["x"], `${id}'`])
      expect(await getForm(base.db, other, "/things/new")).toBe(null);
    await base.db.update(schema.forms).set({ expiresAt: new Date() }).where(eq(schema.forms.id, id));
    expect(await getForm(base.db, id, "/things/new")).toBe(null);
  });
});

describe("what a visitor typed", () => {
  const client = "192.0.2.1";
  const refusedTo = async (from: string, more = {}) =>
    idOf(await fields({ name: "", note: "mine", ...more }, { "x-parvis-client": from }));
  const shown = async (id: string, from: string) =>
    (await getForm(base.db, id, "/things/new", { client: from })) !== null;

  it("is shown again in the network that it came from alone, which no row tells", async () => {
    const [mine, again] = [await refusedTo(client), await refusedTo(client)];
    expect(await shown(mine, client)).toBe(true);
    for (const other of ["192.0.2.2", "2001:db8::1", ""]) expect(await shown(mine, other)).toBe(false);
    const home = await refusedTo("2001:db8:1:2::3");
    expect(await shown(home, "2001:db8:1:2:ffff::1")).toBe(true);
    expect(await shown(home, "2001:db8:1:3::3")).toBe(false);
    const rows = await base.db
      .select()
      .from(schema.forms)
      .where(inArray(schema.forms.id, [mine, again]));
    expect(rows.map(({ network }) => network!.length)).toEqual([32, 32]);
    expect(rows[0]!.network!.equals(rows[1]!.network!)).toBe(false);
  });

  it("is forgotten once its form is done, and not before", async () => {
    const id = await refusedTo(client);
    await refusedTo(client, { form_typed: id });
    expect(await shown(id, client)).toBe(true);
    const elsewhere = { path: "/other", outcome: "refused", values: {}, by: { client } };
    const sent = { path: "/things/new", outcome: "sent", values: {}, by: { client } };
    const others = [await keepForm(base.db, elsewhere), await keepForm(base.db, sent)];
    for (const form_typed of [id, ...others, "x"]) await fields({ name: "Ada", form_typed });
    expect(acted).toHaveLength(4);
    expect(await shown(id, client)).toBe(false);
    expect(await base.db.$count(schema.forms, inArray(schema.forms.id, others))).toBe(2);
  });

  it("waits behind the sign-in where that was needed first, wherever they sign in", async () => {
    act = async () => {
      throw new Refusal("sign-in-first");
    };
    const answer = await fields({ name: "Ada", password: "hunter2" }, { "x-parvis-client": client });
    const to = new URL(answer.headers.get("location")!, origin);
    expect([answer.status, to.pathname, to.searchParams.get("done")]).toEqual([303, "/sign-in", "kept"]);
    const [, id] = /^\/things\/new\?form=(.*)#errors$/.exec(to.searchParams.get("next")!)!;
    const { accountId } = (await person(base.db, "cleo")).viewer;
    const kept = await getForm(base.db, id, "/things/new", { accountId, client: "192.0.2.99" });
    expect(kept?.values).toEqual({ name: "Ada" });
  });
});

describe("what somebody typed who is signed in", () => {
  it("is theirs alone under its id, and gone with their account", async () => {
    const [ann, bob] = [await person(base.db, "ann"), await person(base.db, "bob")];
    const kept = { path: "/things/new", outcome: "refused", values: { name: "mine" } };
    const by = { accountId: ann.viewer.accountId };
    const mine = await keepForm(base.db, { ...kept, by });
    const shown = (id: string, accountId?: string) => getForm(base.db, id, kept.path, { accountId });
    expect(await shown(mine, by.accountId)).toMatchObject({ values: kept.values });
    for (const other of [bob.viewer.accountId, undefined]) expect(await shown(mine, other)).toBe(null);
    await base.db.delete(schema.accounts).where(eq(schema.accounts.id, ann.viewer.accountId));
    expect(await base.db.$count(schema.forms, eq(schema.forms.id, mine))).toBe(0);
  });
});

describe("text", () => {
  it("is kept in NFC, without control characters but newline and tab", () => {
    expect(cleanText("e\u0301\r\na\rb\tc\u0001\u202ed\u2066e")).toBe("\u00e9\na\nb\tcde");
    expect([isText("a\u0000"), isText("a\ud800"), isText("a\u{1f600}")]).toEqual([false, false, true]);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const clean = cleanText(text);
        expect(cleanText(clean)).toBe(clean);
        expect(clean.isWellFormed() && !clean.includes("\0")).toBe(true);
        expect(clean.length).toBeLessThanOrEqual(text.toWellFormed().normalize("NFC").length);
      }),
    );
  });
});
