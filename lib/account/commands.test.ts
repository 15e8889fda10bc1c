import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { createActor } from "#lib/actor/commands.ts";
import { getActor, listActorsOf } from "#lib/actor/queries.ts";
import { operator, visitor } from "#lib/policy/viewer.ts";
import { createAccount } from "./commands.ts";
import { hashPassword, verifyPassword } from "./password.ts";
import { getAccountByEmail } from "./queries.ts";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
});
afterAll(() => base.drop());

describe("an account made by the host", () => {
  it("is found under any spelling of its address, and made once", async () => {
    const account = await createAccount(base.db, operator, {
      email: " Ana@Bücher.example ",
      password: "correct horse",
    });
    expect(account).toMatchObject({ email: "ana@xn--bcher-kva.example", state: "active", role: "member" });
    expect((await getAccountByEmail(base.db, "ANA@bücher.example"))?.id).toBe(account.id);
    await expect(
      createAccount(base.db, operator, { email: "ana@xn--bcher-kva.example", password: "another one" }),
    ).rejects.toMatchObject({ code: "email-taken" });
  });

  it("is made by nobody else", async () => {
    await expect(
      createAccount(base.db, visitor, { email: "eve@example.org", password: "correct horse" }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  it("has profiles with handles of their own, never given twice", async () => {
    const { id } = await createAccount(base.db, operator, { email: "lea@example.org", password: "correct horse" });
    await createActor(base.db, operator, { handle: "lea", accountId: id });
    await createActor(base.db, operator, { handle: "chorale", name: "La Chorale", accountId: id });
    expect((await listActorsOf(base.db, id)).map(({ name, type }) => [name, type])).toEqual([
      ["lea", "Person"],
      ["La Chorale", "Person"],
    ]);
    expect((await getActor(base.db, "@Lea"))?.accountId).toBe(id);
    await expect(createActor(base.db, operator, { handle: "lea" })).rejects.toMatchObject({ code: "handle-taken" });
  });
});

describe("a password", () => {
  it("is kept as argon2id with a salt of its own, and known again", async () => {
    const [one, two] = [await hashPassword("Pässword 123"), await hashPassword("Pässword 123")];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await verifyPassword("Pässword 123", one)).toBe(true);
    expect(await verifyPassword("Pässword 123", two)).toBe(true);
    expect(await verifyPassword("Pässword 124", one)).toBe(false);
    expect(await verifyPassword("", "")).toBe(false);
  });
});
