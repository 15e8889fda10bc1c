import { AsyncLocalStorage } from "node:async_hooks";
import type { Aside } from "./aside.ts";

/** What the launcher and the pages say to each other about one request. A Next page can choose no status by itself. */
export type RequestNote = Aside & {
  status: number | null;
  retryAfter: number | null;
  links: string[];
  /** The kept form that the address names, if it names any; and the one that the page shows again. */
  form: string | null;
  typed: string | null;
};

const slot = Symbol.for("parvis.request");
const held = globalThis as { [slot]?: AsyncLocalStorage<RequestNote> };

/** One storage a process, however often Next evaluates this module. */
export const requestNotes = (): AsyncLocalStorage<RequestNote> => {
  held[slot] ??= new AsyncLocalStorage();
  return held[slot];
};

/** Answers this page with another status than 200 (410 for a tombstone, 409 for two versions, 503). */
export function answerWith(status: number, retryAfter: number | null = null): void {
  const note = requestNotes().getStore();
  if (note) Object.assign(note, { status, retryAfter });
}

/** Names, in a header, where this page's thing is in the words of ActivityStreams: how Mastodon finds it by its address. */
export function linkActivity(uri: string): void {
  requestNotes().getStore()?.links.push(`<${uri}>; rel="alternate"; type="application/activity+json"`);
}

/** Says which kept form this page shows again: its forms name it, so that it is forgotten once one of them is done. */
export function noteTyped(id: string): void {
  const note = requestNotes().getStore();
  if (note) note.typed = id;
}

/** A piece of a path as it was meant: a page gets `name@host` with its `@` escaped, a route handler as it is. */
export function pieceOf(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A parameter of an address as text, cut at `most` characters; one that is absent or came twice is empty. */
export const textOf = (value: unknown, most: number): string =>
  typeof value === "string" ? value.trim().slice(0, most) : "";
