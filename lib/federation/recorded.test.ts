import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { follow } from "#lib/actor/follow/commands.ts";
import { createEvent } from "#lib/event/commands.ts";
import { operator } from "#lib/policy/viewer.ts";
import { resolveActor } from "./remote/actor.ts";
import { type Json, Peer } from "./testing/peer.ts";
import { type Served, serveFederation } from "./testing/server.ts";

/**
 * What other servers really sent, one JSON document a file, in the folder that FEDIVERSE_PAYLOADS names: told again by a
 * peer that signs it afresh, with their address for theirs and ours for ours. Without that folder there is nothing to try.
 */
const folder = process.env.FEDIVERSE_PAYLOADS ?? "";
const files = folder && existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
const { actors, events, follows, participations } = schema;

describe.skipIf(files.length === 0)("what other servers really sent", () => {
  let served: Served;
  let peer: Peer;
  let ann: Awaited<ReturnType<typeof person>>;
  let event: string;
  let signer: string;
  const db = () => served.base.db;

  beforeAll(async () => {
    peer = await new Peer().start();
    served = await serveFederation(() => [peer.host]);
    ann = await person(db(), "ann");
    const input = { name: "Walk", state: "published", startWall: "2031-01-01T10:00:00", timezone: "UTC" } as const;
    event = `${served.origin}/events/${await createEvent(db(), operator, ann.actor.id, input as never)}`;
    signer = peer.actor("signer");
  });
  afterAll(async () => {
    await served?.stop();
    await peer?.stop();
  });

  /** With the sender's server become the peer, and what it says of somebody else's become of ours. */
  function retold(name: string): Json {
    const text = readFileSync(join(folder, name), "utf8");
    const { actor, id } = JSON.parse(text) as { actor?: string; id: string };
    const theirs = new URL(actor ?? id).host;
    const near = text
      .replaceAll(new RegExp(`https?://${theirs.replaceAll(".", "\\.")}`, "g"), peer.origin)
      .replaceAll(
        /https?:\/\/(localtesting\.pleroma\.lol\/users\/lain|mobilizon\.test\/@\w+)/g,
        `${served.origin}/@ann`,
      )
      .replaceAll(/https?:\/\/mobilizon\.test\/events\/some-uuid/g, event);
    const { signature: _, ...document } = JSON.parse(near) as Json;
    return document;
  }
  /** Somebody of the peer at the address that the payload gives them, whom ann follows. */
  async function introduce(id: string, type = "Person"): Promise<void> {
    const known = peer.documents.get("/users/signer") as Json;
    const own = { ...(known.publicKey as Json), id: `${id}#main-key`, owner: id };
    const document = {
      ...known,
      id,
      type,
      preferredUsername: id.split(/[/@]/).at(-1),
      inbox: `${id}/inbox`,
      publicKey: own,
    };
    peer.documents.set(new URL(id).pathname, document);
    const row = await resolveActor(db(), id);
    await follow(db(), ann.viewer, ann.actor.id, row!.id);
    await db().update(follows).set({ state: "accepted" }).where(eq(follows.followedId, row!.id));
  }
  const send = async (name: string) => {
    const activity = retold(name);
    const actor = activity.actor as string;
    await introduce(actor, name.startsWith("gancio") ? "Application" : "Person");
    if (typeof activity.attributedTo === "string" && activity.attributedTo !== actor)
      await introduce(activity.attributedTo, "Group");
    const object = activity.object as Json;
    if (typeof object.id === "string" && new URL(object.id).pathname !== new URL(actor).pathname)
      peer.documents.set(new URL(object.id).pathname, { ...object });
    const how = { signer, keyId: `${actor}#main-key` };
    const answer = await peer.send(`${served.origin}/inbox`, activity, how);
    return { activity, status: answer.status, text: () => answer.text() };
  };

  // Whoever deleted themselves says nothing afterwards: they come last.
  const isLast = (name: string) => Number(/delete-user/.test(name));
  const activities = files
    .filter((name) => !/actor|collection/.test(name) || /activity/.test(name))
    .sort((one, other) => isLast(one) - isLast(other));
  it.each(activities)("%s is taken", async (name) => {
    const { activity, status, text } = await send(name);
    expect([status, await text()]).toEqual([202, "Accepted\n"]);
    const object = activity.object as Json;
    const type = typeof object === "object" ? object.type : null;
    if (activity.type === "Create" && type === "Event") {
      const [row] = await db()
        .select()
        .from(events)
        .where(eq(events.uri, object.id as string));
      expect(row).toMatchObject({ name: object.name, state: "published" });
      expect(row!.startTime.getTime()).toBe(Date.parse(object.startTime as string));
    }
    const sender = await resolveActor(db(), activity.actor as string);
    if (activity.type === "Follow") expect(await db().$count(follows, eq(follows.followerId, sender!.id))).toBe(1);
    if (activity.type === "Join")
      expect(await db().select().from(participations).where(eq(participations.actorId, sender!.id))).toMatchObject([
        { state: "accepted" },
      ]);
    if (activity.type === "Update" && type === "Person") {
      const [row] = await db()
        .select()
        .from(actors)
        .where(eq(actors.uri, activity.actor as string));
      expect(row).toBeTruthy();
    }
  });

  it.each(files.filter((name) => /-actor\.json$/.test(name)))("%s is read as an actor", async (name) => {
    const document = retold(name);
    peer.documents.set(new URL(document.id as string).pathname, document);
    expect(await resolveActor(db(), document.id as string)).toMatchObject({ uri: document.id, host: peer.host });
  });
});
