import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formToken } from "#app/_web/form-guard.tsx";
import { Client } from "#bin/testing/client.ts";
import { doors } from "#bin/testing/doors.ts";
import { type Instance, startInstance } from "#bin/testing/instance.ts";
import { testSecret } from "#bin/testing/secret.ts";
import { actorOf, employ, type Stage, secrets, setStage, type Walker } from "#bin/testing/stage.ts";
import { type Connection, connect } from "#db/client.ts";
import { sessionCookieName } from "#lib/auth/cookie.ts";
import { getConfig, setConfig } from "#lib/config.ts";
import { enrol } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import type { GroupRole } from "#lib/policy/group.ts";
import { staffRoles } from "#lib/policy/staff.ts";
import { linkToken } from "#lib/secrets.ts";

/** What each role is answered. */
type Answers = Record<string, string>;
type Kind = { name: string; answers: Answers; draft: Answers | null; other: Answers | null };
type Row = { door: string; kind: Kind; method: string; path: string; fields: string; notes: Record<string, string> };

/** The table, as it is written in `authority.txt`. */
function readTable(): { roles: string[]; rows: Row[]; knows: Record<string, Answers> } {
  const [head = [], ...lines] = readFileSync(new URL("authority.txt", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line.trim() && !line.startsWith("#"))
    .map((line) => line.trim().split(/\s{2,}/));
  const roles = head.slice(1);
  const kinds: Kind[] = [];
  const rows: Row[] = [];
  const knows: Record<string, Answers> = {};
  for (const [name = "", ...rest] of lines) {
    const kind = kinds.find((one) => one.name === name);
    const answers = Object.fromEntries(roles.map((role, at) => [role, rest[at] ?? ""]));
    if (name.startsWith("secret ")) knows[name.slice(7)] = answers;
    else if (name === "its draft") kinds.at(-1)!.draft = answers;
    else if (name === "another link") kinds.at(-1)!.other = answers;
    else if (!kind) kinds.push({ name, answers, draft: null, other: null });
    else {
      const [method = "", path = "", fields = "-", noted = ""] = rest;
      const notes = Object.fromEntries(new URLSearchParams(noted.replaceAll(" ", "&")));
      rows.push({ door: `${method} ${path}`, kind, method, path, fields, notes });
    }
  }
  return { roles, rows, knows };
}

const { roles, rows, knows } = readTable();
const acts = rows.filter(({ method }) => method !== "GET");
const all = doors().flatMap(({ kind, methods, path }) =>
  (kind === "page" ? ["GET"] : methods).map((method) => `${method} ${path}`),
);

/** Who belongs to the owner's group, and as what. */
const fellows: Record<string, GroupRole> = { "group moderator": "moderator", "group member": "member" };

let instance: Instance;
let connection: Connection;
/** One of each role, before the things of one owner. */
let cast: Record<string, Walker | null>;
let stage: Stage;
beforeAll(async () => {
  instance = await startInstance();
  setConfig({ ...getConfig(), secretKey: testSecret, appUrl: instance.url, dataDir: instance.dataDir });
  connection = connect(instance.databaseUrl!);
  // Nothing happens by the clock: the minute's sweep for news or waiting lists once fell between two looks.
  await connection.client`delete from pgboss.schedule`;
  await startSender(connection.db);
  const [participant, member, owner] = [
    await actorOf(connection),
    await actorOf(connection),
    await actorOf(connection),
  ];
  cast = { visitor: null, participant, member, owner, administrator: await actorOf(connection, "administrator") };
  for (const role of [...staffRoles, ...Object.keys(fellows)]) cast[role] = await actorOf(connection);
  stage = setStage(connection, owner, { [participant.email]: "Participant" });
  // All that is asked for below is there from the beginning, so that whatever changes was changed by a door.
  for (const { path, notes } of rows) await fill(path, stage, notes);
  for (const { kind, fields } of acts) if (kind.answers.visitor !== "yes") await fill(fields, stage);
  for (const role of staffRoles)
    for (const event of ["event", "draft"]) await employ(connection, await stage(event), role, cast[role]!);
  for (const [name, role] of Object.entries(fellows))
    await enrol(connection.db, await stage("group"), { memberId: cast[name]!.actorId, role });
});
afterAll(async () => {
  await stopSender();
  await connection?.close();
  await instance?.stop();
});

/** The browser of somebody, in a session of its own. */
async function browserOf(walker: Walker | null): Promise<Client> {
  const client = new Client(instance.url);
  if (walker) client.cookies.set(sessionCookieName(), await walker.signIn());
  return client;
}

/** A text with what stands for each `[name]` or `{name}` in it. */
async function fill(text: string, stage: Stage, instead: Record<string, string> = {}): Promise<string> {
  // Profiles stand under /@handle alone.
  let filled = text.replace("/actors/[", "/@[");
  for (const [whole, outer, inner] of filled.matchAll(/\[(?:\.\.\.)?(\w+)\]|\{(\w+)\}/g)) {
    const name = (outer ?? inner)!;
    const value = await stage(instead[name] ?? (name === "id" ? "event" : name));
    filled = filled.replace(whole, () => value);
  }
  return filled;
}

type Told = { answer: string; text: string };

/** Asks a door, follows where it leads, and says what that is in the words of the table. */
async function ask(client: Client, { method, fields }: Row, path: string, stage: Stage): Promise<Told> {
  const form = newId();
  const guard = { form_id: form, form_token: formToken(form, path, Date.now() - 2_000) };
  const typed = fields === "-" ? "" : await fill(fields, stage);
  let answer =
    method === "GET"
      ? await client.ask(path)
      : await client.send(path, { ...Object.fromEntries(new URLSearchParams(typed)), ...guard });
  let text = await answer.text();
  let refused = false;
  for (let to = answer.headers.get("location"); to; to = answer.headers.get("location")) {
    if (to.startsWith("/sign-in?next=")) return { answer: "sign-in", text };
    refused ||= to.includes("#errors");
    answer = await client.ask(to);
    text += await answer.text();
  }
  const words: Record<number, string> = { 200: "yes", 204: "yes", 404: "absent" };
  return { answer: refused ? "refused" : (words[answer.status] ?? String(answer.status)), text };
}

/** A line for each table: all that the database holds, but what a refusal may leave, and what the worker does by itself. */
async function digest(): Promise<string[]> {
  holdings ??= connection.client<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('forms', 'limits', 'towns', 'activities', 'deliveries', 'actor_keys')`.then(
    (tables) => [...tables.map(({ name }) => lineOf(name)), jobsLine].join(" union all "),
  );
  return (await connection.client.unsafe<{ line: string }[]>(await holdings)).map(({ line }) => line);
}
let holdings: Promise<string> | null = null;
/** Which jobs were ever set going, by people or by jobs. */
const jobsLine = `select 'jobs ' || coalesce(md5(string_agg(name || id::text, '' order by id)), '') as line
  from pgboss.job where name not like '\\_\\_%'`;
const lineOf = (table: string): string => {
  const row = table === "mails" ? "to_jsonb(t) - '{state,reason,sent_at}'::text[]" : "to_jsonb(t)";
  return `select '${table} ' || coalesce(md5(string_agg(row::text, '' order by row::text)), '') as line
    from (select ${row} as row from ${table} t) as rows`;
};

/** The same, once the worker has done what was asked of it before: nothing is due, and nothing has changed since it was not. */
async function settled(): Promise<string[]> {
  for (let last = ""; ; await sleep(100)) {
    const [queue] = await connection.client`
      select exists (select from pgboss.job where state = 'active' or state < 'active' and start_after <= now()) as busy`;
    const now = await digest();
    if (!queue!.busy && now.join() === last) return now;
    last = queue!.busy ? "" : now.join();
  }
}

const changedSince = async (before: string[]): Promise<string[]> =>
  (await digest()).filter((line) => !before.includes(line)).map((line) => line.split(" ")[0]!);

const ofEvent = ({ path }: Row) => path.startsWith("/dashboard/events/[id]");
const ofGroup = ({ notes }: Row) => Object.values(notes).some((name) => name.startsWith("group"));
/** Away from the event that they help with, its staff are members like others; so are those of a group away from it. */
const isAway = (role: string, row: Row): boolean =>
  (staffRoles.some((one) => one === role) && !ofEvent(row)) || (fellows[role] !== undefined && !ofGroup(row));

/** Which of the owner's secrets an answer tells. */
const leaks = ({ text }: Told) =>
  Object.entries(secrets).flatMap(([name, secret]) => (text.includes(secret) ? [name] : []));

describe("who may do what", () => {
  it("is said of every door", () => {
    const said = rows.map(({ door }) => door);
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter((door) => !said.includes(door))).toEqual([]);
    expect(said.filter((door) => !all.includes(door))).toEqual([]);
    expect(said).toEqual([...new Set(said)]);
  });

  it("is answered so: what is another's is neither shown nor changed, and reading changes nothing", async () => {
    const wrong: string[] = [];
    const told = new Set<string>();
    const clients = new Map<string, Client>();
    for (const role of roles) clients.set(role, await browserOf(cast[role]!));
    const before = await settled();
    const tryAs = async (role: string, row: Row, what: string, path: string, expected: string) => {
      if (row.method !== "GET" && (expected === "yes" || isAway(role, row))) return;
      const answer = await ask(clients.get(role)!, row, path, stage);
      if (answer.answer !== expected) wrong.push(`${row.door}${what}, ${role}: ${answer.answer}, not ${expected}`);
      const found = leaks(answer).filter((secret) => knows[secret]![role] !== "yes");
      for (const secret of leaks(answer)) told.add(`${role} ${secret}`);
      if (row.kind.name !== "link" && found.length > 0) wrong.push(`${row.door}${what} tells ${role} ${found}`);
    };
    let tried: string[] = [];
    for (const row of rows) {
      const { kind, path, notes } = row;
      const variants: [string, string, Answers][] = [["", await fill(path, stage, notes), kind.answers]];
      if (kind.draft) variants.push([" of a draft", await fill(path, stage, { id: "draft" }), kind.draft]);
      for (const link of kind.other ? [linkToken("participation", newId(), 0), "x", newId()] : [])
        variants.push([" by another link", path.replace(/\[\w+\]/, link), kind.other!]);
      for (const [what, path, answers] of variants)
        await Promise.all(roles.map((role) => tryAs(role, row, what, path, answers[role]!)));
      tried.push(row.door);
      if (tried.length < 8) continue;
      expect(await changedSince(before), `one of ${tried} changed something for somebody`).toEqual([]);
      tried = [];
    }
    expect(wrong).toEqual([]);
    expect(await changedSince(before)).toEqual([]);
    // Each secret is told to those who may know it: the search for it elsewhere could have found it.
    for (const [secret, known] of Object.entries(knows))
      for (const role of roles) if (known[role] === "yes") expect(told).toContain(`${role} ${secret}`);
    expect(Object.keys(knows).sort()).toEqual(Object.keys(secrets).sort());
  });

  it("reaches nothing of another's through what is one's own", async () => {
    const walker = cast.member!;
    const client = await browserOf(walker);
    const own = setStage(connection, walker);
    const nested = acts.filter(({ fields }) =>
      /\{(guest|undo|newEvent|revision|helper|fellow|groupInvited|groupRequest|groupFollow|groupFolder)\}/.test(fields),
    );
    expect(nested.length).toBeGreaterThan(3);
    for (const { path, notes } of nested) await fill(path, own, notes);
    const before = await settled();
    for (const row of nested) {
      const { answer } = await ask(client, row, await fill(row.path, own, row.notes), stage);
      expect([row.door, answer, await changedSince(before)]).toEqual([row.door, expect.any(String), []]);
    }
  });

  it("lets everybody do what is theirs to do", async () => {
    const wrong: string[] = [];
    for (const row of acts) {
      const able = roles.filter((role) => row.kind.answers[role] === "yes" && !isAway(role, row));
      const scenes = await Promise.all(
        able.map(async (role) => {
          const walker = cast[role] ? await actorOf(connection, cast[role].viewer.role) : null;
          // Of whom the things are: one's own, or those of whoever sent the link or has one's help.
          const helps = staffRoles.find((one) => one === role);
          const theirs = !walker || helps || fellows[role] || row.kind.other ? await actorOf(connection) : walker;
          const own = setStage(connection, theirs);
          if (helps) await employ(connection, await own(row.notes.id ?? "event"), helps, walker!);
          if (fellows[role])
            await enrol(connection.db, await own("group"), { memberId: walker!.actorId, role: fellows[role] });
          const path = await fill(row.path, own, row.notes);
          await fill(row.fields, own);
          return { role, client: await browserOf(walker), path, own };
        }),
      );
      const silent = able.length === 0 || row.notes.nothing !== undefined;
      // What must do nothing waits for what the acts before it have set going.
      const before = await (silent ? settled() : digest());
      // Four at a time, since all of them come from one network.
      for (let at = 0; at < scenes.length; at += 4) {
        await connection.client`delete from limits`;
        await Promise.all(
          scenes.slice(at, at + 4).map(async ({ role, client, path, own }) => {
            const { answer } = await ask(client, row, path, own);
            if (answer !== "yes") wrong.push(`${row.door}, ${role}: ${answer}, not yes`);
          }),
        );
      }
      if (((await changedSince(before)).length === 0) !== silent)
        wrong.push(`${row.door}: does ${silent ? "something" : "nothing"}`);
    }
    expect(wrong).toEqual([]);
  });
});
