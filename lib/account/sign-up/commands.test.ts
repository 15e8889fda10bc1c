import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { getActor } from "#lib/actor/queries.ts";
import { setOrigin, updateInstance } from "#lib/instance/commands.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { operator, visitor } from "#lib/policy/viewer.ts";
import { decideAccount } from "../approval/commands.ts";
import { eraseAccounts } from "../erasure/commands.ts";
import { getAccountByEmail } from "../queries.ts";
import { removeRule, setRule } from "../rules/commands.ts";
import { maySignUp } from "../rules/queries.ts";
import { getSession } from "../session/queries.ts";
import { signInByIdentity, signInByPassword } from "../sign-in/commands.ts";
import { doorstep, signUpLinks } from "../testing.ts";
import { confirmSignUp, purgeSignUps, requestSignUp } from "./commands.ts";
import { confirmSignUpInput, signUpInput } from "./input.ts";

const { accounts, mails, signUps } = schema;
let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase({ max: 20 });
  await startSender(test.db);
  await setOrigin(test.db, "http://localhost:3000");
  await updateInstance(test.db, { registration: "open" });
});
afterAll(async () => {
  await stopSender();
  await test.drop();
});

const wish = (handle: string, change = {}) => ({
  email: `${handle}@example.org`,
  password: "a long password",
  handle,
  name: "",
  language: "en",
  timezone: "Europe/Paris",
  application: "",
  identity: null,
  ...change,
});
const ask = (handle: string, change = {}) => requestSignUp(test.db, visitor, wish(handle, change));
const newest = async (email: string) => (await signUpLinks(test.db, email)).at(-1)!;
const attempt = (email: string, password = "a long password") =>
  signInByPassword(test.db, visitor, { email, password, client: "192.0.2.1" }, doorstep);

describe("a sign-up", () => {
  it.each(["relay", "@Relay", "event_0123456789ab"])(
    "has no handle of the server’s own, or of an event: %s",
    (handle) => {
      const taken = { success: false, error: { issues: [{ path: ["handle"], message: "handle-taken" }] } };
      expect(signUpInput.safeParse({ email: "eve@example.org", handle })).toMatchObject(taken);
      expect(confirmSignUpInput.safeParse({ handle })).toMatchObject(taken);
    },
  );

  it("opens nothing until the mail's button is pressed, then an account with its profile, signed in", async () => {
    await ask("ada", { name: "Ada L." });
    expect(await getAccountByEmail(test.db, "ada@example.org")).toBeNull();
    await expect(attempt("ada@example.org")).rejects.toMatchObject({ code: "sign-in-failed" });
    const done = await confirmSignUp(test.db, await newest("ada@example.org"), {}, doorstep);
    expect(done.state).toBe("active");
    const session = await getSession(test.db, "session" in done ? done.session : "");
    expect(session).toMatchObject({ email: "ada@example.org", role: "member" });
    expect(session!.actorIds).toEqual([(await getActor(test.db, "ada"))!.id]);
    await attempt("ADA@example.org");
  });

  it("is confirmed once, of twenty at once", async () => {
    await ask("once");
    const token = await newest("once@example.org");
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => confirmSignUp(test.db, token, {}, doorstep)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const said = all.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
    expect(new Set(said)).toEqual(new Set(["already-decided"]));
  });

  it("of somebody else for the same address is not confirmed by one's own mail", async () => {
    await ask("mallory", { email: "victim@example.org", password: "known to mallory" });
    await ask("victim");
    const [, own] = await signUpLinks(test.db, "victim@example.org");
    await confirmSignUp(test.db, own!, {}, doorstep);
    await expect(attempt("victim@example.org", "known to mallory")).rejects.toMatchObject({ code: "sign-in-failed" });
    await attempt("victim@example.org");
    const [first] = await signUpLinks(test.db, "victim@example.org");
    await expect(confirmSignUp(test.db, first!, {}, doorstep)).rejects.toMatchObject({ code: "email-taken" });
  });

  it("with a known address writes no row but a mail to its owner, which says so", async () => {
    await ask("ada2", { email: "Ada@Example.org" });
    expect(await test.db.$count(signUps, eq(signUps.handle, "ada2"))).toBe(0);
    const owner = (await getAccountByEmail(test.db, "ada@example.org"))!;
    const [mail] = await test.db.select().from(mails).where(eq(mails.accountId, owner.id));
    expect(mail!.message).toBe("address-known");
  });

  it("whose handle was taken meanwhile may choose another, and its link still works", async () => {
    await ask("wanted", { email: "one@example.org" });
    await ask("wanted", { email: "two@example.org" });
    await confirmSignUp(test.db, await newest("one@example.org"), {}, doorstep);
    const token = await newest("two@example.org");
    await expect(confirmSignUp(test.db, token, {}, doorstep)).rejects.toMatchObject({ code: "handle-taken" });
    await confirmSignUp(test.db, token, { handle: "wanted_too" }, doorstep);
    expect(await getActor(test.db, "wanted_too")).not.toBeNull();
  });

  it("gets three mails an hour, whoever asks", async () => {
    for (let time = 0; time < 5; time++) await ask(`flood${time}`, { email: "flooded@example.org" });
    expect(await signUpLinks(test.db, "flooded@example.org")).toHaveLength(3);
  });

  it("vanishes after 48 hours", async () => {
    await ask("late");
    const token = await newest("late@example.org");
    await test.db.update(signUps).set({ expiresAt: sql`now() - interval '1 second'` });
    await expect(confirmSignUp(test.db, token, {}, doorstep)).rejects.toMatchObject({ code: "not-found" });
    await purgeSignUps(test.db);
    expect(await test.db.$count(signUps)).toBe(0);
    expect(await test.db.$count(mails, eq(mails.message, "confirm-sign-up"))).toBe(0);
  });

  it("with an identity is opened by that identity afterwards, and by no other", async () => {
    const identity = { issuer: "https://login.example", subject: "42" };
    await ask("ida", { password: "", identity });
    expect(await signInByIdentity(test.db, identity, doorstep)).toBeNull();
    await confirmSignUp(test.db, await newest("ida@example.org"), {}, doorstep);
    expect(await signInByIdentity(test.db, identity, doorstep)).toMatch(/^[\w-]{43}$/);
    expect(await signInByIdentity(test.db, { ...identity, issuer: "https://evil.example" }, doorstep)).toBeNull();
    await expect(attempt("ida@example.org", "")).rejects.toMatchObject({ code: "sign-in-failed" });
  });
});

describe("the host", () => {
  it("may close sign-up, and decide on each", async () => {
    await updateInstance(test.db, { registration: "closed" });
    await expect(ask("closed")).rejects.toMatchObject({ code: "sign-up-closed" });
    await updateInstance(test.db, { registration: "approval" });
    for (const handle of ["yes", "no"]) {
      await ask(handle, { application: "please" });
      expect(await confirmSignUp(test.db, await newest(`${handle}@example.org`), {}, doorstep)).toEqual({
        state: "awaiting",
      });
    }
    await expect(attempt("yes@example.org")).rejects.toMatchObject({ code: "account-awaiting" });
    const [yes, no] = [
      (await getAccountByEmail(test.db, "yes@example.org"))!,
      (await getAccountByEmail(test.db, "no@example.org"))!,
    ];
    await expect(decideAccount(test.db, visitor, { accountId: yes.id, decision: "approve" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await decideAccount(test.db, operator, { accountId: yes.id, decision: "approve" });
    await decideAccount(test.db, operator, { accountId: no.id, decision: "reject" });
    await attempt("yes@example.org");
    expect((await getActor(test.db, "yes"))!.suspendedAt).toBeNull();
    await test.db.update(accounts).set({ deletedAt: sql`now() - interval '3 days'` }).where(eq(accounts.id, no.id));
    await eraseAccounts(test.db);
    expect(await getAccountByEmail(test.db, "no@example.org")).toBeNull();
    expect(await getActor(test.db, "no")).toBeNull();
    await updateInstance(test.db, { registration: "open" });
  });

  it("keeps addresses and domains out, or lets only some in; the longer rule wins", async () => {
    const may = (address: string) => maySignUp(test.db, address);
    await setRule(test.db, operator, { pattern: "Spam.example", allowed: false });
    expect(await may("a@spam.example")).toBe(false);
    expect(await may("a@deep.spam.example")).toBe(false);
    expect(await may("a@notspam.example")).toBe(true);
    await setRule(test.db, operator, { pattern: "good@spam.example", allowed: true });
    expect(await may("good@spam.example")).toBe(true);
    expect(await may("a@elsewhere.example")).toBe(false);
    await removeRule(test.db, operator, "good@spam.example");
    expect(await may("a@elsewhere.example")).toBe(true);
    await expect(ask("spammer", { email: "a@spam.example" })).rejects.toMatchObject({ code: "sign-up-denied" });
    await expect(setRule(test.db, visitor, { pattern: "x.example", allowed: true })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(setRule(test.db, operator, { pattern: "no domain", allowed: true })).rejects.toMatchObject({
      code: "pattern-invalid",
    });
  });
});
