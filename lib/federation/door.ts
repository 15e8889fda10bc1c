import { type Database, sqlState } from "#db/client.ts";
import { isUnavailable } from "#db/unavailable.ts";
import { getEvent } from "#lib/event/queries.ts";
import { isId } from "#lib/ids.ts";
import { giveBack, take } from "#lib/limits/bucket.ts";
import { log } from "#lib/log.ts";
import { isAtLeast } from "#lib/policy/domain.ts";
import { type Viewer, visitor } from "#lib/policy/viewer.ts";
import { getPost } from "#lib/post/queries.ts";
import { Refusal } from "#lib/refusal.ts";
import { absolute, eventHandle, ownHost } from "#lib/urls.ts";
import { wantsActivity } from "./accept.ts";
import { actorDocument, actorTombstone, localActor } from "./actors.ts";
import { localActorUri } from "./addresses.ts";
import { askerOf } from "./asker.ts";
import { readBare, saysContext } from "./bare.ts";
import { messagesCollection } from "./collections/discussion.ts";
import { groupCollection, isOfGroup } from "./collections/group.ts";
import { actorCollection, eventCollection } from "./collections.ts";
import type { Json } from "./documents.ts";
import { eventWebFinger } from "./event-webfinger.ts";
import { Denial } from "./guard/denial.ts";
import { admit } from "./guard.ts";
import { readLinked } from "./inbox/linked.ts";
import { receive, understands } from "./inbox/receive.ts";
import { type Carried, federation } from "./instance.ts";
import { nodeInfoLinks } from "./nodeinfo.ts";
import { activityObject } from "./objects/activity.ts";
import { commentObject } from "./objects/comment.ts";
import { discussionObject, messageObject } from "./objects/discussion.ts";
import { eventObject } from "./objects/event.ts";
import { memberObject } from "./objects/member.ts";
import { noteObject } from "./objects/note.ts";
import { postObject } from "./objects/post.ts";
import { resourceObject } from "./objects/resource.ts";

/** The one door for other servers. `client` is the connection's address. Whatever comes, the answer is never a 500. */
export async function answerPeer(db: Database, request: Request, client: string): Promise<Response> {
  try {
    const path = new URL(request.url).pathname;
    if (isInbox(path)) return await takeIn(db, request, client);
    if (request.method !== "GET" && request.method !== "HEAD")
      return plain(405, "Method not allowed", { Allow: "GET, HEAD" });
    return (await show(db, request, path, client)) ?? plain(404, "Not found");
  } catch (error) {
    if (error instanceof Denial) {
      log("federation").debug("A peer was turned away", { status: error.status, reason: error.message });
      return plain(
        error.status,
        error.message,
        error.retryAfter === null ? {} : { "Retry-After": String(error.retryAfter) },
      );
    }
    if (!isUnavailable(error)) log("federation").error("An answer to a peer failed", { error });
    return plain(503, "Try again later", { "Retry-After": "60" });
  }
}

const plain = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  new Response(`${text}\n`, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", ...headers },
  });

const isInbox = (path: string): boolean => /^\/(inbox|@[a-z0-9_]{1,30}\/inbox)$/.test(path);

/**
 * A new Request at our own address, with the headers and bytes as they came: peers sign them. But for the host, which is
 * ours whatever the request says: what was signed for another server is not for us.
 */
const forward = (request: Request, body: BodyInit | null): Request => {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  headers.set("host", ownHost());
  return new Request(absolute(`${pathname}${search}`), { method: request.method, headers, body });
};

async function takeIn(db: Database, request: Request, client: string): Promise<Response> {
  if (request.method !== "POST") return plain(405, "Method not allowed", { Allow: "POST" });
  await expectInbox(db, new URL(request.url).pathname);
  const { bytes, json, host, standing } = await admit(db, request, client);
  const carried: Carried = { db, raw: json };
  const answer = await hand(() => forward(request, bytes), carried).catch((error: unknown) => {
    // A key or its owner that cannot be read vouches for nothing; what else Fedify throws, it throws at what it read.
    if (error instanceof Denial) throw error;
    if (error instanceof Refusal) throw new Denial(401, "key");
    if (isUnavailable(error) || carried.fault) throw error;
    log("federation").debug("An activity could not be read", { error });
    return plain(400, "not an activity");
  });
  if (answer.status < 300) {
    giveBack("inbox", client);
    if (take(isAtLeast(standing, "limited") ? "inbox-limited" : "inbox-host", host) > 0)
      return plain(429, "too many activities", { "Retry-After": "300" });
    return plain(202, "Accepted");
  }
  const { fault } = carried;
  // A value that no column holds: theirs is the fault, and it would be the same the next time.
  if (fault && sqlState(fault)?.startsWith("22")) {
    log("federation").warn("An activity had a value that cannot be kept", { error: fault });
    return plain(400, "Not an activity");
  }
  if (fault && !(fault instanceof Refusal)) {
    if (isUnavailable(fault)) return plain(503, "Try again later", { "Retry-After": "60" });
    if (answer.status >= 500) log("federation").error("An activity could not be taken in", { error: fault });
  }
  // What a peer sent is never our fault to it; a refusal by our own rules is an answer of another kind.
  if (fault instanceof Refusal) return plain(202, "Accepted");
  // A kind that nobody here has heard of, by whatever address, is none that could be wrong.
  if (answer.status === 400 && !understands(json)) return plain(202, "Accepted");
  return answer.status >= 500 ? plain(fault ? 503 : 400, fault ? "Try again later" : "Not an activity") : answer;
}

/** @throws Denial 404, 410: there is nobody behind an inbox, or nobody any more, whoever asks and however. */
async function expectInbox(db: Database, path: string): Promise<void> {
  const [, handle] = /^\/@([a-z0-9_]{1,30})\/inbox$/.exec(path) ?? [];
  if (!handle) return;
  const actor = await localActor(db, handle);
  if (!actor) throw new Denial(404, "no such inbox");
  if (actor.deletedAt) throw new Denial(410, "gone");
}

/** Verifies and takes in what was admitted: by Fedify, and by its bare ids what Fedify could not read as it came. */
async function hand(request: () => Request, carried: Carried): Promise<Response> {
  const { db } = carried;
  const raw = carried.raw!;
  const linked = "signature" in raw;
  if (saysContext(raw) && !linked) {
    const answer = await federation(db)
      .fetch(request(), { contextData: carried })
      .catch((error: unknown) => {
        if (error instanceof Refusal || isUnavailable(error) || carried.fault) throw error;
        return null;
      });
    const unsure = answer?.status === 401 && new URL(request().url).search !== "";
    if (answer && answer.status !== 400 && !unsure) return answer;
    carried.fault = undefined;
  }
  const act = linked ? await readLinked(db, request(), raw) : await readOwn(db, request(), raw);
  try {
    await act();
  } catch (error) {
    carried.fault = error;
    return plain(500, "fault");
  }
  return plain(202, "Accepted");
}

/** @throws Denial 401 for what is signed by another than its actor. */
async function readOwn(db: Database, request: Request, raw: Json): Promise<() => Promise<unknown>> {
  const activity = await readBare(db, request, raw);
  if (!activity) throw new Denial(401, "key");
  return () => receive(db, activity, raw);
}

/** What is behind an address of ours, for whoever asks in ActivityStreams. */
async function show(db: Database, request: Request, path: string, client: string): Promise<Response | null> {
  const { searchParams } = new URL(request.url);
  if (path === "/.well-known/nodeinfo") return json(nodeInfoLinks(), { type: "application/json" });
  if (path === "/.well-known/host-meta") return hostMeta();
  if (path === "/.well-known/webfinger") {
    const found = await eventWebFinger(db, searchParams.get("resource") ?? "");
    if (found) return json(found, { type: "application/jrd+json" });
  }
  if (
    path === "/.well-known/webfinger" ||
    path === "/nodeinfo/2.1" ||
    path === "/actor" ||
    /^\/@[a-z0-9_]{1,30}(\/outbox)?$/.test(path)
  ) {
    const asked = forward(request, null);
    // Fedify reads the letters of the header as they are.
    if (wantsActivity(asked.headers.get("accept") ?? "")) asked.headers.set("accept", "application/activity+json");
    const answer = await federation(db).fetch(asked, { contextData: { db, raw: null } });
    return answer.status >= 500 ? plain(400, "Bad request") : answer;
  }
  const asker = () => askerOf(db, forward(request, null), client);
  const [, handle, name, page] = /^\/@([a-z0-9_]{1,30})\/([a-z]+)(?:\/([a-z0-9-]{1,36}))?$/.exec(path) ?? [];
  if (handle) return showCollection(db, handle, { name: name!, page, query: searchParams, asker });
  const [, talk, said] = /^\/discussions\/([^/]+)\/replies(?:\/([a-z0-9-]{1,36}))?$/.exec(path) ?? [];
  if (isId(talk)) {
    const messages = await messagesCollection(db, talk, { viewer: await asker(), page: said });
    return messages && json(messages, { kept: true });
  }
  const [, kind, id, part] =
    /^\/(events|posts|activities|comments|discussions|members|resources)\/([^/]+)(?:\/([a-z]+))?$/.exec(path) ?? [];
  if (!isId(id)) return null;
  if (kind === "activities" && !part) {
    const said = await activityObject(db, id);
    return said && json(said.document, { status: said.gone ? 410 : 200 });
  }
  if (kind === "comments" && !part) {
    const found = await commentObject(db, id);
    if (found) return json(found.document, { status: found.gone ? 410 : 200 });
    const note = await noteObject(db, id);
    return note ? json(note) : showKept(asker, (viewer) => messageObject(db, viewer, id));
  }
  if (kind === "members" && !part) {
    const member = await memberObject(db, await asker(), id);
    return member ? json(member, { kept: true }) : null;
  }
  if (kind === "resources" && !part) {
    const found = await resourceObject(db, await asker(), id);
    return found && json(found.document, { status: found.gone ? 410 : 200, kept: true });
  }
  if (kind === "discussions" && !part) return showKept(asker, (viewer) => discussionObject(db, viewer, id));
  if (kind === "posts" && !part) return showPost(db, id, asker);
  if (kind !== "events") return null;
  if (part) return showEventPart(db, id, part, searchParams);
  return showEvent(db, id, asker);
}

type Asker = () => Promise<Viewer>;

type Named = { name: string; page: string | undefined; query: URLSearchParams; asker: Asker };

/** A collection of somebody of this server; what is for the members of a group is there for those alone who sign as one. */
async function showCollection(db: Database, handle: string, { name, page, query, asker }: Named) {
  const actor = await localActor(db, handle);
  if (actor && (actor.deletedAt || actor.suspendedAt)) return json(actorTombstone(actor), { status: 410 });
  if (actor?.type === "Group" && isOfGroup(name)) {
    const found = await groupCollection(db, actor, name, { viewer: await asker(), page });
    return found && json(found.document, { kept: found.kept });
  }
  const document = actor && !page && (await actorCollection(db, actor, name, query.get("page")));
  return document ? json(document) : null;
}

/** What is not for everybody is there for those alone who sign as somebody who may see it. */
async function showKept(
  asker: Asker,
  read: (viewer: Viewer) => Promise<{ document: Json; gone: boolean } | null>,
): Promise<Response | null> {
  const open = await read(visitor);
  if (open && !open.gone) return json(open.document);
  const found = await read(await asker());
  if (found && !found.gone) return json(found.document, { kept: true });
  const gone = open ?? found;
  return gone ? json(gone.document, { status: 410 }) : null;
}

/** What is another server's is read there. Its id may be of letters that no header takes. */
const leadTo = (uri: string): Response =>
  new Response(null, { status: 302, headers: { Location: new URL(uri).href, Vary: "Accept" } });

async function showEvent(db: Database, id: string, asker: Asker): Promise<Response | null> {
  const full = await getEvent(db, visitor, id);
  // A mirror belongs to its origin.
  if (full?.event.uri) return leadTo(full.event.uri);
  return showKept(asker, (viewer) => eventObject(db, id, viewer));
}

async function showPost(db: Database, id: string, asker: Asker): Promise<Response | null> {
  const uri = (await getPost(db, visitor, id))?.post.uri;
  // What a member of another server wrote belongs there.
  if (uri) return leadTo(uri);
  return showKept(asker, (viewer) => postObject(db, id, viewer));
}

async function showEventPart(db: Database, id: string, part: string, query: URLSearchParams): Promise<Response | null> {
  if (part === "actor") {
    const actor = await localActor(db, eventHandle(id));
    if (actor?.id !== id) return null;
    return actor.deletedAt ? json(actorTombstone(actor), { status: 410 }) : json(await actorDocument(db, actor));
  }
  const full = await getEvent(db, visitor, id);
  if (!full || full.event.uri !== null || full.event.state === "deleted") return null;
  const { event, organizer, author } = full;
  const keeper = localActorUri((author ?? organizer).handle);
  const document = await eventCollection(db, { ...event, organizer: keeper }, part, query);
  return document ? json(document) : null;
}

/** `kept`: it is for whoever asked alone, and no cache between gives it to somebody else. */
function json(
  document: Json | string,
  { status = 200, type = "application/activity+json", kept = false } = {},
): Response {
  const body = typeof document === "string" ? document : JSON.stringify(document);
  const headers = {
    "Content-Type": type,
    Vary: "Accept",
    "Cache-Control": kept ? "private, no-store" : "no-cache",
    "Access-Control-Allow-Origin": "*",
  };
  return new Response(body, { status, headers });
}

/** RFC 6415: Mobilizon asks it for where WebFinger is. */
function hostMeta(): Response {
  const template = absolute("/.well-known/webfinger?resource={uri}").replace("&", "&amp;");
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0"><Link rel="lrdd" type="application/jrd+json" template="${template}"/></XRD>\n`;
  return new Response(body, {
    headers: { "Content-Type": "application/xrd+xml; charset=utf-8", "Access-Control-Allow-Origin": "*" },
  });
}
