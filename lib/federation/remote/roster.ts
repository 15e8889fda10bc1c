import { eq } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { keepRoster, type Listed, mostListed } from "#lib/group/roster/commands.ts";
import { excerpt } from "#lib/html.ts";
import type { Jobs } from "#lib/jobs/kinds.ts";
import { Refusal } from "#lib/refusal.ts";
import type { ActorRow } from "../actors.ts";
import { hostOf } from "../addresses.ts";
import { memberHere } from "../inbox/create.ts";
import { membersOf } from "../objects/discussion.ts";
import { knownActor } from "./actor.ts";
import { pagesOf } from "./collection.ts";
import { roleOf } from "./role.ts";
import { idOf, isObject, textOf } from "./values.ts";

const { actors } = schema;

/** Bounds of one step: pages, milliseconds. */
const most = { pages: 25, time: 20_000 };
/** In how many steps a list is read at most. */
const mostSteps = 40;

/**
 * Reads who belongs to a group of another server, is invited or asks to come in, signed by a member here, one who leads it
 * if there is any; where nobody here belongs to it any more, nothing. What is too long for one step is read on in another, and
 * what cannot be read stands as it was known. By primary key, `memberships_list`.
 */
export async function readRoster(db: Database, { groupId, from }: Jobs["roster"]): Promise<void> {
  const [group] = await db.select().from(actors).where(eq(actors.id, groupId));
  const member = group?.host ? await memberHere(db, group) : null;
  if (!group || !member) return;
  const begun = from ?? { page: membersOf(group), since: new Date().toISOString(), people: 0, steps: 0 };
  const { listed, next } = await readStep(db, { group, member, page: begun.page });
  const [people, steps] = [begun.people + listed.length, begun.steps + 1];
  if (people === 0) return;
  const goesOn = next !== null && next !== begun.page && people < mostListed && steps < mostSteps;
  const reach = next === null ? "whole" : goesOn ? { page: next, since: begun.since, people, steps } : "part";
  await keepRoster(db, groupId, { since: new Date(begun.since), listed, reach });
}

type Step = { group: ActorRow; member: ActorRow; page: string };

/** Who stands on the next pages of a list, from `page` on; and on which page it stopped; null: there is none after them. */
async function readStep(
  db: Database,
  { group, member, page }: Step,
): Promise<{ listed: Listed[]; next: string | null }> {
  const listed: Listed[] = [];
  let next: string | null = page;
  try {
    const bounds = { pages: most.pages, until: Date.now() + most.time, as: member, from: page };
    for await (const { items, next: after } of pagesOf(db, membersOf(group), bounds)) {
      for (const item of items) {
        const one = await readMember(db, item, group);
        if (one) listed.push(one);
      }
      next = after;
      if (listed.length >= mostListed) break;
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  return { listed, next };
}

/** Reads a Member of a group as Mobilizon, and we, have it. Null for anything else, and for who was not let in. */
async function readMember(db: Database, item: unknown, group: ActorRow): Promise<Listed | null> {
  if (!isObject(item) || textOf(item.type) !== "Member" || idOf(item.object) !== group.uri) return null;
  const [uri, actorUri] = [idOf(item.id), idOf(item.actor)];
  const word = textOf(item.role);
  const state = word === "invited" ? "invited" : word === "not_approved" ? "requested" : "member";
  const role = state === "member" ? roleOf(word) : "member";
  if (!uri || !actorUri || !role) return null;
  const message = state === "requested" ? excerpt(textOf(item.participationMessage), "text/html", 1000) : "";
  return { uri, actorUri, name: await nameOf(db, actorUri, textOf(item.name)), role, state, message };
}

/** How somebody is called: as we know them; else as the group's server says; else what their id ends in. */
async function nameOf(db: Database, actorUri: string, said: string): Promise<string> {
  const host = hostOf(actorUri) ?? "";
  const known = await knownActor(db, actorUri);
  if (known) return `${known.handle}@${host}`;
  const handle = /^@?([\p{L}\p{N}_.-]{1,64})@/u.exec(said)?.[1] ?? actorUri.split("/").at(-1)!.replace(/^@/, "");
  return `${handle}@${host}`.slice(0, 200);
}
