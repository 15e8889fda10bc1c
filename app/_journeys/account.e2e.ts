import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client } from "#bin/testing/client.ts";
import { type Instance, startInstance } from "#bin/testing/instance.ts";
import { openIdProvider } from "#bin/testing/openid.ts";
import { testSecret } from "#bin/testing/secret.ts";
import { type Connection, connect, schema } from "#db/client.ts";
import { getAccountByEmail } from "#lib/account/queries.ts";
import { linkOf, password, person, signUpLinks } from "#lib/account/testing.ts";
import { getConfig, setConfig } from "#lib/config.ts";
import { updateInstance } from "#lib/instance/commands.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";

const { accounts, accountTokens, limits, mails, sessions } = schema;
let instance: Instance;
let connection: Connection;
let provider: Awaited<ReturnType<typeof openIdProvider>>;

beforeAll(async () => {
  provider = await openIdProvider();
  instance = await startInstance({
    settings: {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: "parvis",
      OIDC_CLIENT_SECRET: "the secret",
      OIDC_NAME: "Town login",
    },
    expected: [/The OpenID Connect exchange failed/],
  });
  setConfig({ ...getConfig(), secretKey: testSecret, appUrl: instance.url });
  connection = connect(instance.databaseUrl!);
  await startSender(connection.db);
  await updateInstance(connection.db, { registration: "open" });
  for (const handle of ["ada", "bob", "eve"]) await person(connection.db, handle);
});
afterAll(async () => {
  await stopSender();
  await connection?.close();
  await instance?.stop();
  await provider?.close();
});

const guest = () => new Client(instance.url);
const login = { email: "ada@example.org", password, way: "password" };
const location = (answer: Response) => answer.headers.get("location") ?? "";
/** A new sign-in: nobody's tries before count. */
async function signedIn(email = login.email, next = "") {
  const client = guest();
  const answer = await client.fill("/sign-in", "/sign-in/session", { ...login, email, next });
  expect(answer.status).toBe(303);
  return { client, answer };
}
const newLink = async (email: string, purpose: string) =>
  (await linkOf(connection.db, (await getAccountByEmail(connection.db, email))!.id, purpose))!;
const forget = () => connection.db.delete(limits);

describe("the session cookie", () => {
  it("is HttpOnly and SameSite=Lax, without Domain; and a visitor gets none at all", async () => {
    const visitor = guest();
    for (const path of ["/", "/sign-in", "/sign-up", "/reset-password"]) await visitor.ask(path);
    expect(visitor.setCookies).toEqual([]);
    const { client } = await signedIn();
    const cookie = client.setCookies.find((line) => line.startsWith("session="))!;
    expect(cookie).toMatch(/^session=[\w-]{43}; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await client.ask("/settings")).status).toBe(200);
    expect((await client.ask("/settings")).headers.get("cache-control")).toContain("no-store");
  });

  it("that was planted before the sign-in opens nothing afterwards", async () => {
    const { client: mallory } = await signedIn("eve@example.org");
    const victim = guest();
    victim.cookies.set("session", mallory.cookies.get("session")!);
    await victim.ask("/");
    const hidden = await guest().form("/sign-in", "/sign-in/session");
    await victim.send("/sign-in/session", { ...hidden, ...login });
    expect(victim.cookies.get("session")).not.toBe(mallory.cookies.get("session"));
    expect(location(await mallory.ask("/settings"))).toContain("/sign-in");
    expect(await (await victim.ask("/settings/security")).text()).toContain("ada@example.org");
  });

  it("ends by POST alone, in the database too", async () => {
    const { client } = await signedIn();
    const token = client.cookies.get("session")!;
    await client.ask("/sign-out");
    expect((await client.ask("/settings")).status).toBe(200);
    await client.fill("/settings", "/sign-out");
    expect(client.cookies.has("session")).toBe(false);
    client.cookies.set("session", token);
    expect(location(await client.ask("/settings"))).toBe("/sign-in?next=%2Fsettings");
  });

  it("gets another id when the password changes, and the others are signed out", async () => {
    const [{ client: here }, { client: there }] = [
      await signedIn("bob@example.org"),
      await signedIn("bob@example.org"),
    ];
    const before = here.cookies.get("session");
    const change = { password, new_password: password };
    const answer = await here.fill("/settings/password", "/settings/password/change", change);
    expect(location(answer)).toContain("done=password");
    expect(here.cookies.get("session")).not.toBe(before);
    expect((await here.ask("/settings")).status).toBe(200);
    expect((await there.ask("/settings")).status).toBe(307);
  });
});

describe("a mailed link", () => {
  it("is opened by its button alone, however often a scanner reads it; then once, of twenty at once", async () => {
    const client = guest();
    await client.fill("/sign-in", "/sign-in/session", { email: login.email, way: "mail", website: "" });
    const path = `/sign-in/${await newLink(login.email, "sign-in")}`;
    const count = () => connection.db.$count(sessions);
    const before = await count();
    for (const method of ["GET", "HEAD", "OPTIONS"])
      for (const headers of [{}, { purpose: "prefetch" }, { "sec-purpose": "prefetch;prerender" }] as Record<
        string,
        string
      >[])
        for (let time = 0; time < 3; time++) await guest().ask(path, { method, headers });
    await guest().ask(`${path}/session`);
    expect(await count()).toBe(before);
    const page = await client.ask(path);
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    expect(page.headers.get("x-robots-tag")).toBe("noindex");
    expect(page.headers.get("cache-control")).toContain("no-store");
    const hidden = await client.form(path, `${path}/session`);
    // What a browser says that may not name the page it comes from.
    const sent = { origin: "null", "sec-fetch-site": "same-origin" };
    const answers = await Promise.all(Array.from({ length: 20 }, () => guest().send(`${path}/session`, hidden, sent)));
    expect(answers.filter((answer) => answer.headers.getSetCookie().length > 0)).toHaveLength(1);
    expect(answers.every(({ status }) => status === 303)).toBe(true);
    expect(await count()).toBe(before + 1);
    expect((await guest().ask(path)).status).toBe(404);
  });

  it("that is unknown, cut off or another's kind is the same 404", async () => {
    await guest().fill("/reset-password", "/reset-password/request", { email: login.email, website: "" });
    const reset = await newLink(login.email, "reset");
    const text = async (path: string) => {
      const answer = await guest().ask(path);
      expect(answer.status).toBe(404);
      return /<main[\s\S]*<\/main>/.exec(await answer.text())![0];
    };
    const [unknown, cut, other] = [`/sign-in/${"x".repeat(43)}`, `/sign-in/${reset.slice(2)}`, `/sign-in/${reset}`];
    expect(await text(cut)).toBe(await text(unknown));
    expect(await text(other)).toBe(await text(unknown));
  });
});

describe("whoever asks from outside", () => {
  // A busy machine may need a second measurement.
  it("cannot tell known addresses from unknown ones, by the page or by the time", { retry: 2 }, async () => {
    const doors = [
      ["/sign-in", "/sign-in/session", { way: "mail", website: "" }],
      ["/reset-password", "/reset-password/request", { website: "" }],
      ["/sign-up", "/sign-up/request", { handle: "somebody_new", password: "a long password", website: "" }],
    ] as const;
    for (const [page, action, fields] of doors) {
      const times: Record<string, number[]> = { "ada@example.org": [], "who@example.org": [] };
      const bodies = new Set<string>();
      for (let round = 0; round < 3; round++)
        for (const email of Object.keys(times)) {
          await forget();
          const client = guest();
          const hidden = await client.form(page, action);
          await new Promise((resolve) => setTimeout(resolve, 600));
          const start = performance.now();
          const answer = await client.send(action, { ...hidden, ...fields, email });
          times[email]!.push(performance.now() - start);
          const shown = await (await client.ask(location(answer))).text();
          bodies.add(
            /<main[\s\S]*<\/main>/
              .exec(shown)![0]
              .replace(/[aw]…\u2060?@example\.org/g, "")
              .replace(/id="sent"/, ""),
          );
        }
      expect([...bodies].slice(1), page).toEqual([]);
      const median = (of: number[]) => of.sort((a, b) => a - b)[1]!;
      const [known, unknown] = Object.values(times).map(median);
      expect(Math.abs(known! - unknown!) / unknown!, `${page} ${known} ${unknown}`).toBeLessThan(0.1);
    }
    await forget();
  });

  it("gets one sentence for a wrong password and for an unknown address, and none of them in the address", async () => {
    const said = async (email: string) => {
      const client = guest();
      const answer = await client.fill("/sign-in", "/sign-in/session", { email, password: "wrong", way: "password" });
      expect(location(answer)).toMatch(/^\/sign-in\?form=[\w-]{36}#errors$/);
      const html = await (await client.ask(location(answer))).text();
      expect(html).not.toContain('value="wrong"');
      return /id="errors"[\s\S]*?<\/ul>/.exec(html)![0];
    };
    expect(await said("ada@example.org")).toBe(await said("who@example.org"));
    await forget();
  });

  it("cannot lead people elsewhere after the sign-in", async () => {
    for (const next of ["//e.example/", "https://e.example/", "/\\e.example", "/.//e.example", "javascript:alert(1)"]) {
      const { answer } = await signedIn(login.email, next);
      expect(location(answer), next).toBe("/");
    }
    expect(location((await signedIn(login.email, "/settings/data")).answer)).toBe("/settings/data");
    await forget();
  });

  it("cannot send a form in somebody's name", async () => {
    const { client } = await signedIn();
    const doors = ["/sign-out", "/settings/preferences", "/settings/deletion/request", "/settings/calendar/feed"];
    const before = await connection.db.select().from(accounts);
    for (const door of doors)
      for (const headers of [
        { origin: "https://e.example", "sec-fetch-site": "cross-site" },
        { origin: "https://e.example", "sec-fetch-site": "" },
        { origin: "null", "sec-fetch-site": "cross-site" },
        { origin: "", "sec-fetch-site": "" },
      ]) {
        const answer = await client.send(door, { open: "yes", language: "fr", handle: "ada", password }, headers);
        const refused = answer.status === 403 || location(answer).includes("?form=");
        expect(refused, `${door} ${JSON.stringify(headers)} ${answer.status}`).toBe(true);
      }
    expect(await connection.db.select().from(accounts)).toEqual(before);
    expect((await client.ask("/settings")).status).toBe(200);
  });

  it("reaches no door of Auth.js but the provider's callback", async () => {
    for (const path of ["session", "csrf", "providers", "signin", "signout", "signin/openid", "error", "callback/x"]) {
      expect((await guest().ask(`/api/auth/${path}`)).status, path).toBe(404);
      expect([404, 405], path).toContain((await guest().send(`/api/auth/${path}`, {})).status);
    }
  });
});

describe("the OpenID Connect provider", () => {
  /** Goes to the provider and comes back, as a browser does. */
  async function roundTrip(client: Client, next = "/settings") {
    const there = await client.ask(`/sign-in/openid?next=${encodeURIComponent(next)}`);
    const back = location(await fetch(location(there), { redirect: "manual" }));
    return client.ask(back);
  }

  it("leads somebody it knows and we do not to the sign-up, whatever address it names; then it signs them in", async () => {
    provider.person = { sub: "ada at the town", email: "ada@example.org", name: "Ada" };
    const client = guest();
    const answer = await roundTrip(client);
    expect(location(answer)).toMatch(/^\/sign-up\?identity=/);
    expect(client.cookies.has("session")).toBe(false);
    const page = await (await client.ask(location(answer))).text();
    expect(page).toContain('value="ada@example.org"');

    provider.person = { sub: "42", email: "new@example.org", name: "Newcomer" };
    const fresh = guest();
    const signUp = location(await roundTrip(fresh));
    const wish = { email: "new@example.org", handle: "newcomer", name: "Newcomer", website: "" };
    expect(location(await fresh.fill(signUp, "/sign-up/request", wish))).toContain("#sent");
    const confirm = `/sign-up/${(await signUpLinks(connection.db, "new@example.org")).at(-1)}`;
    expect(location(await fresh.fill(confirm, `${confirm}/confirmation`))).toContain("/settings/profiles");

    const later = guest();
    expect(location(await roundTrip(later))).toBe("/settings");
    expect(await (await later.ask("/settings/security")).text()).toContain("new@example.org");
  });

  it("is connected to an account by whoever is signed in to it, with a mail that says so", async () => {
    provider.person = { sub: "bob at the town", email: "", name: "Bob" };
    const { client } = await signedIn("bob@example.org");
    const page = location(await roundTrip(client));
    const done = await client.fill(page, "/settings/security/identities");
    expect(location(done)).toContain("done=connected");
    const later = guest();
    expect(location(await roundTrip(later))).toBe("/settings");
    const { id } = (await getAccountByEmail(connection.db, "bob@example.org"))!;
    const told = await connection.db.select().from(mails).where(eq(mails.accountId, id));
    expect(told.map(({ data }) => data.notice)).toContain("identity");
  });

  it("signs nobody in with another's answer, a wrong nonce, or twice", async () => {
    provider.person = { sub: "42", email: "new@example.org", name: "Newcomer" };
    const [one, other] = [guest(), guest()];
    const there = location(await one.ask("/sign-in/openid"));
    const back = location(await fetch(there, { redirect: "manual" }));
    expect(location(await other.ask(back))).toContain("failed=openid");
    expect(other.cookies.has("session")).toBe(false);
    await one.ask(back);
    expect(one.cookies.has("session")).toBe(true);
    const again = guest();
    for (const [name, value] of one.cookies) if (name !== "session") again.cookies.set(name, value);
    await again.ask(back);
    expect(again.cookies.has("session")).toBe(false);
    provider.nonce = "not the one";
    const wrong = guest();
    await roundTrip(wrong);
    provider.nonce = null;
    expect(wrong.cookies.has("session")).toBe(false);
  });
});

it("keeps no token and no session id in clear, neither in the database nor in the log", async () => {
  const { client } = await signedIn();
  const dump = JSON.stringify([
    await connection.db.select().from(sessions),
    await connection.db.select().from(accountTokens),
    await connection.db.select().from(mails),
  ]);
  expect(dump).not.toContain(client.cookies.get("session"));
  expect(dump).not.toContain(await newLink(login.email, "reset"));
  expect(instance.log()).not.toMatch(/@example\.org/);
});
