import { hostOf, sameOrigin } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { checkContext } from "./context.ts";
import { Denial } from "./denial.ts";
import { checkLists, checkSize, checkTexts } from "./size.ts";

const unicode = new TextDecoder("utf-8", { fatal: true });

/** @throws Denial 400 for what is no activity, or is made to be costly. */
export function parseActivity(bytes: Uint8Array): Json {
  checkSize(bytes);
  let json: unknown;
  try {
    json = JSON.parse(unicode.decode(bytes));
  } catch {
    throw new Denial(400, "not JSON");
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw new Denial(400, "not an object");
  const activity = json as Json;
  checkLists(activity);
  checkTexts(activity);
  checkContext(activity);
  const actor = actorOf(activity);
  if (typeof activity.type !== "string" || typeof activity.id !== "string" || !actor)
    throw new Denial(400, "id, type or actor");
  if (activity.id.length > 2048 || actor.length > 2048) throw new Denial(400, "id or actor too long");
  checkOrigin(activity.id, actor, activity.type);
  return activity;
}

/** @throws Denial 400 for an id that another server would have to vouch for. */
export function checkOrigin(id: string, actor: string, type: string): void {
  // snac gives an Undo an id on our host; it is known by its actor and object instead.
  if (!sameOrigin(id, actor) && type !== "Undo") throw new Denial(400, "id of another origin");
}

/** The id of who acts; Hubzilla embeds the whole actor. */
export function actorOf({ actor }: Json): string | null {
  const id = typeof actor === "object" && actor !== null && !Array.isArray(actor) ? (actor as Json).id : actor;
  return typeof id === "string" && hostOf(id) ? id : null;
}
