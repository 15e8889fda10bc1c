import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { type Command, Option } from "commander";
import { transact } from "#db/client.ts";
import { decideAccount } from "#lib/account/approval/commands.ts";
import { listAccounts } from "#lib/account/approval/queries.ts";
import { createAccount } from "#lib/account/commands.ts";
import { accountInput } from "#lib/account/input.ts";
import { getAccountByEmail } from "#lib/account/queries.ts";
import { createActor } from "#lib/actor/commands.ts";
import { actorInput } from "#lib/actor/input.ts";
import { operator } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { absolute, actorPath } from "#lib/urls.ts";
import { answer, atDesk, parsed, t } from "./desk.ts";

const states = ["awaiting", "active", "suspended", "rejected", "leaving", "deleted"];

/** One line from a person (not shown while it is typed) or from a pipe. */
async function askPassword(ask: boolean): Promise<string> {
  if (ask) process.stderr.write(t("operator.askPassword"));
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY === true });
  try {
    for await (const line of lines) return line;
    return "";
  } finally {
    lines.close();
    if (ask) process.stderr.write("\n");
  }
}

type Options = {
  email: string;
  password?: string;
  handle: string;
  name?: string;
  admin?: boolean;
  language?: string;
  timezone?: string;
  json?: boolean;
};

async function createUser({ email, password, handle, name, admin, language, timezone, json }: Options): Promise<void> {
  const given = password && password !== "-" ? password : await askPassword(!password && process.stdin.isTTY === true);
  const role = admin ? "administrator" : "member";
  const account = parsed(accountInput, { email, password: given, role, language, timezone });
  const profile = parsed(actorInput, { handle, name });
  await atDesk(async ({ db }) => {
    const made = await transact(db, async (tx) => {
      const { id, email } = await createAccount(tx, operator, account);
      const actor = await createActor(tx, operator, { ...profile, accountId: id });
      return { id, email, role, actorId: actor.id, handle: actor.handle, url: absolute(actorPath(actor.handle)) };
    });
    answer(json, made, t("operator.userCreated", { email: made.email ?? "", url: made.url }));
  });
}

async function list({ state, json }: { state?: string; json?: boolean }): Promise<void> {
  await atDesk(async ({ db }) => {
    const rows = await listAccounts(db, state);
    const lines = rows.map(({ id, state, role, email, handles, application }) =>
      [id, state.padEnd(9), role.padEnd(13), email ?? "–", handles.map((one) => `@${one}`).join(" "), application]
        .filter(Boolean)
        .join("  "),
    );
    answer(json, rows, lines.length > 0 ? lines : t("operator.userNone"));
  });
}

const decide =
  (decision: "approve" | "reject", sentence: "operator.userApproved" | "operator.userRejected") =>
  async (email: string, { json }: { json?: boolean }): Promise<void> => {
    await atDesk(async ({ db }) => {
      const account = await getAccountByEmail(db, email);
      if (!account) throw new Refusal("not-found");
      await decideAccount(db, operator, { accountId: account.id, decision });
      answer(json, { id: account.id, decision }, t(sentence));
    });
  };

export function userVerbs(program: Command): void {
  const user = program.command("user").description(t("operator.user"));
  user
    .command("create")
    .description(t("operator.userCreate"))
    .requiredOption("--email <address>", t("operator.userEmail"))
    .option("--password <password>", t("operator.userPassword"))
    .requiredOption("--handle <handle>", t("operator.userHandle"))
    .option("--name <name>", t("operator.userName"))
    .option("--admin", t("operator.userAdmin"))
    .option("--language <language>", t("operator.userLanguage"))
    .option("--timezone <zone>", t("operator.userTimezone"))
    .option("--json", t("operator.json"))
    .action(createUser);
  user
    .command("list")
    .description(t("operator.userList"))
    .addOption(new Option("--state <state>", t("operator.userState")).choices(states))
    .option("--json", t("operator.json"))
    .action(list);
  user
    .command("approve")
    .description(t("operator.userApprove"))
    .argument("<address>", t("operator.userEmail"))
    .option("--json", t("operator.json"))
    .action(decide("approve", "operator.userApproved"));
  user
    .command("reject")
    .description(t("operator.userReject"))
    .argument("<address>", t("operator.userEmail"))
    .option("--json", t("operator.json"))
    .action(decide("reject", "operator.userRejected"));
}
