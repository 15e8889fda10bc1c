import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { setOrigin } from "#lib/instance/commands.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { tokenHash } from "#lib/secrets.ts";
import { confirmAddress, requestAddress, undoAddress } from "../address/commands.ts";
import { changePassword, requestReset, resetPassword } from "../recovery/commands.ts";
import { closeSession, openSession, purgeSessions, revokeSession } from "../session/commands.ts";
import { getSession, listSessions } from "../session/queries.ts";
import { makeAdministrator } from "../setup/commands.ts";
import { hasAdministrator, setupToken } from "../setup/queries.ts";
import { accountRow, countSessions, doorstep, linkOf, password, person } from "../testing.ts";
import { purgeTokens } from "../token/commands.ts";
import { getToken } from "../token/queries.ts";
import { requestSignInLink, signInByPassword, signInByToken } from "./commands.ts";

const { accounts, accountTokens, limits, mails, sessions } = schema;
let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase({ max: 20 });
  await startSender(test.db);
  await setOrigin(test.db, "http://localhost:3000");
});
afterAll(async () => {
  await stopSender();
  await test.drop();
});

const signIn = (email: string, given = password, client = "192.0.2.1") =>
  signInByPassword(test.db, visitor, { email, password: given, client }, doorstep);

describe("a session", () => {
  it("is kept as a hash, opens its account, and ends at once when it is closed", async () => {
    const { account, session } = await person(test.db, "kept");
    const dump = JSON.stringify(await test.db.select().from(sessions));
    expect(dump).not.toContain(session);
    expect(dump).toContain(JSON.stringify(tokenHash(session)).slice(20, 60));
    expect((await getSession(test.db, session))!.accountId).toBe(account.id);
    await closeSession(test.db, session);
    expect(await getSession(test.db, session)).toBeNull();
  });

  it("has a new id at each sign-in, and the one that the browser had is over", async () => {
    const { session } = await person(test.db, "fixed");
    const fresh = await signInByPassword(
      test.db,
      visitor,
      { email: "fixed@example.org", password, client: "192.0.2.1" },
      { device: "", previous: session },
    );
    expect(fresh).not.toBe(session);
    expect(await getSession(test.db, session)).toBeNull();
  });

  it("ends after 30 days without a visit, and after 180 in all", async () => {
    const { account, session } = await person(test.db, "idle");
    const set = (change: object) => test.db.update(sessions).set(change).where(eq(sessions.accountId, account.id));
    await set({ usedAt: sql`now() - interval '29 days'`, createdAt: sql`now() - interval '179 days'` });
    expect(await getSession(test.db, session)).not.toBeNull();
    await set({ usedAt: sql`now() - interval '31 days'` });
    expect(await getSession(test.db, session)).toBeNull();
    await set({ usedAt: sql`now()`, createdAt: sql`now() - interval '181 days'` });
    expect(await getSession(test.db, session)).toBeNull();
    await purgeSessions(test.db);
    expect(await countSessions(test.db, account.id)).toBe(0);
  });

  it("opens nothing while its account is suspended", async () => {
    const { account, session } = await person(test.db, "bad");
    await test.db.update(accounts).set({ state: "suspended" }).where(eq(accounts.id, account.id));
    expect(await getSession(test.db, session)).toBeNull();
    await expect(signIn("bad@example.org")).rejects.toMatchObject({ code: "account-suspended" });
  });

  it("is listed and ended by its owner alone", async () => {
    const [one, two] = [await person(test.db, "owner1"), await person(test.db, "owner2")];
    expect(await listSessions(test.db, one.account.id)).toMatchObject([{ device: "Firefox, Linux" }]);
    await expect(revokeSession(test.db, two.viewer, one.sessionId)).rejects.toMatchObject({ code: "not-found" });
    await revokeSession(test.db, one.viewer, one.sessionId);
    expect(await getSession(test.db, one.session)).toBeNull();
  });
});

describe("guessing", () => {
  it("ends after ten wrong passwords for an account, wherever they come from; a mailed link still opens it", async () => {
    const { account } = await person(test.db, "guessed");
    for (let time = 0; time < 10; time++)
      await expect(signIn("guessed@example.org", "wrong", `192.0.2.${time + 10}`)).rejects.toMatchObject({
        code: "sign-in-failed",
      });
    await expect(signIn("guessed@example.org", password, "192.0.2.99")).rejects.toMatchObject({
      code: "too-many-requests",
    });
    await requestSignInLink(test.db, visitor, { email: "guessed@example.org" });
    const token = (await linkOf(test.db, account.id, "sign-in"))!;
    expect(await signInByToken(test.db, token, doorstep)).toMatch(/^[\w-]{43}$/);
  });

  it("ends after thirty from one network, whoever they are for", async () => {
    let refused = 0;
    for (let time = 0; time < 40; time++)
      await signIn(`nobody${time}@example.org`, "wrong", "198.51.100.7").catch(({ code }) => {
        if (code === "too-many-requests") refused++;
      });
    expect(refused).toBe(10);
  });

  it("is not what somebody does who knows the password", async () => {
    await person(test.db, "regular");
    for (let time = 0; time < 15; time++) await signIn("regular@example.org", password, "203.0.113.5");
  });

  it("cannot outrun the counter: of forty at once, ten are tried", async () => {
    await person(test.db, "raced");
    const codes = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        signIn("raced@example.org", "wrong", `10.0.0.${at}`).catch(({ code }) => code),
      ),
    );
    expect(codes.filter((code) => code === "sign-in-failed")).toHaveLength(10);
  });
});

describe("a mailed link", () => {
  it("signs in once, of twenty at once, and reading it changes nothing", async () => {
    const { account } = await person(test.db, "linked");
    await requestSignInLink(test.db, visitor, { email: "linked@example.org" });
    const token = (await linkOf(test.db, account.id, "sign-in"))!;
    for (let time = 0; time < 10; time++) expect(await getToken(test.db, token, ["sign-in"])).not.toBeNull();
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => signInByToken(test.db, token, doorstep)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("opens only what it was mailed for, and only as long", async () => {
    const { account } = await person(test.db, "purpose");
    await requestReset(test.db, visitor, { email: "purpose@example.org" });
    const token = (await linkOf(test.db, account.id, "reset"))!;
    await expect(signInByToken(test.db, token, doorstep)).rejects.toMatchObject({ code: "not-found" });
    await expect(signInByToken(test.db, token.slice(1), doorstep)).rejects.toMatchObject({ code: "not-found" });
    await test.db.update(accountTokens).set({ expiresAt: sql`now()` });
    await expect(resetPassword(test.db, token, { password: "another one" }, doorstep)).rejects.toMatchObject({
      code: "not-found",
    });
    await purgeTokens(test.db);
    expect(await test.db.$count(accountTokens)).toBe(0);
  });

  it("goes to nobody for an unknown address", async () => {
    const before = await test.db.$count(mails);
    await requestSignInLink(test.db, visitor, { email: "unknown@example.org" });
    await requestReset(test.db, visitor, { email: "unknown@example.org" });
    expect(await test.db.$count(mails)).toBe(before);
  });
});

describe("a new password", () => {
  it("by mail ends every session and every other link, and the old one opens nothing", async () => {
    const { account, session } = await person(test.db, "reset");
    await requestSignInLink(test.db, visitor, { email: "reset@example.org" });
    await requestReset(test.db, visitor, { email: "reset@example.org" });
    const token = (await linkOf(test.db, account.id, "reset"))!;
    const fresh = await resetPassword(test.db, token, { password: "entirely new" }, doorstep);
    expect(await getSession(test.db, session)).toBeNull();
    expect(await getSession(test.db, fresh)).not.toBeNull();
    expect(await linkOf(test.db, account.id, "sign-in")).toBeNull();
    await expect(signIn("reset@example.org")).rejects.toMatchObject({ code: "sign-in-failed" });
    await signIn("reset@example.org", "entirely new");
  });

  it("asks for the old one, and ends every session but a new one", async () => {
    const { account, viewer, session, sessionId } = await person(test.db, "changer");
    await openSession(test.db, account.id, "mail", doorstep);
    const change = (given: string) =>
      changePassword(
        test.db,
        viewer,
        { proof: { sessionId, password: given }, password: "entirely new" },
        { device: "", previous: session },
      );
    await expect(change("wrong")).rejects.toMatchObject({ code: "password-wrong" });
    const fresh = await change(password);
    expect(await countSessions(test.db, account.id)).toBe(1);
    expect(await getSession(test.db, fresh)).not.toBeNull();
  });

  it("needs a fresh sign-in where there is no old one", async () => {
    const { account, viewer, sessionId } = await person(test.db, "without");
    await test.db.update(accounts).set({ passwordHash: null }).where(eq(accounts.id, account.id));
    const change = () =>
      changePassword(test.db, viewer, { proof: { sessionId, password: "" }, password: "the first one" }, doorstep);
    await test.db
      .update(sessions)
      .set({ createdAt: sql`now() - interval '16 minutes'` })
      .where(eq(sessions.id, sessionId));
    await expect(change()).rejects.toMatchObject({ code: "sign-in-again" });
    await test.db.update(sessions).set({ createdAt: sql`now()` }).where(eq(sessions.id, sessionId));
    await change();
    await signIn("without@example.org", "the first one");
  });
});

describe("another address", () => {
  it("becomes the account's when its mail comes back; the old one can undo it, and takes the password away", async () => {
    const { account, viewer, session, sessionId } = await person(test.db, "mover");
    const proof = { sessionId, password };
    await requestAddress(test.db, viewer, { email: "Moved@example.org", proof });
    expect((await accountRow(test.db, account.id)).email).toBe("mover@example.org");
    const fresh = await confirmAddress(test.db, (await linkOf(test.db, account.id, "address"))!, doorstep);
    expect((await accountRow(test.db, account.id)).email).toBe("moved@example.org");
    expect(await getSession(test.db, session)).toBeNull();
    const told = await test.db.select().from(mails).where(eq(mails.accountId, account.id));
    expect(told.map(({ message }) => message).sort()).toEqual(["account-notice", "address-changed", "confirm-address"]);
    await undoAddress(test.db, (await linkOf(test.db, account.id, "address-undo"))!, doorstep);
    expect(await accountRow(test.db, account.id)).toMatchObject({ email: "mover@example.org", passwordHash: null });
    expect(await getSession(test.db, fresh)).toBeNull();
  });

  it("of somebody else tells its owner, and not the one who asks", async () => {
    const [thief, owner] = [await person(test.db, "thief"), await person(test.db, "theirs")];
    const proof = { sessionId: thief.sessionId, password };
    await requestAddress(test.db, thief.viewer, { email: "theirs@example.org", proof });
    expect(await linkOf(test.db, thief.account.id, "address")).toBeNull();
    const [mail] = await test.db.select().from(mails).where(eq(mails.accountId, owner.account.id));
    expect(mail!.message).toBe("address-known");
  });
});

it("one allowance key holds no address and no network in clear", async () => {
  const dump = JSON.stringify(await test.db.select().from(limits));
  expect(dump).not.toMatch(/example\.org|192\.0\.2/);
});

it("the first administrator is made once, by the link from the log, of ten at once", async () => {
  const given = { password, name: "", language: "en", timezone: "UTC" };
  const token = await setupToken(test.db);
  await expect(
    makeAdministrator(test.db, "x".repeat(43), { ...given, email: "a@example.net", handle: "a_net" }, doorstep),
  ).rejects.toMatchObject({ code: "not-found" });
  const all = await Promise.allSettled(
    Array.from({ length: 10 }, (_, at) =>
      makeAdministrator(test.db, token, { ...given, email: `a${at}@example.net`, handle: `a${at}_net` }, doorstep),
    ),
  );
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await hasAdministrator(test.db)).toBe(true);
});
