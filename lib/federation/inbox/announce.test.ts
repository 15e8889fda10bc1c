import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { resolveActor } from "../remote/actor.ts";
import type { Json } from "../testing/peer.ts";
import { publicly, type Stage, stage } from "../testing/stage.ts";

/** A group of one server, which Ann follows, passes on what people of another one make. */
let all: Stage;
let group: string;
let bob: string;
beforeAll(async () => {
  all = await stage();
  group = all.peer.actor("club", { type: "Group" });
  bob = all.other.actor("bob");
  await follow(group);
});
afterAll(() => all.stop());
const { comments, events, follows } = schema;
const follow = async (uri: string) => {
  const { id } = (await resolveActor(all.db, uri))!;
  const values = { id: newId(), followerId: all.ann.actor.id, followedId: id, uri: `${uri}#follow`, state: "accepted" };
  await all.db.insert(follows).values(values);
};

let count = 0;
let path = "";
beforeEach(() => {
  path = `/things/${++count}`;
});
/** An Event of Bob's as his server has it, or as somebody says that it were. */
const event = (change: Json = {}): Json => ({
  ...{ id: `${all.other.origin}${path}`, type: "Event", attributedTo: bob, name: "Repair café" },
  ...{ startTime: "2030-12-05T19:00:00+01:00", timezone: "Europe/Paris", to: [publicly], cc: [`${bob}/followers`] },
  ...{ updated: "2026-11-01T08:00:00Z", ...change },
});
const serve = (object: Json) => all.other.documents.set(path, object);
const announce = (object: unknown, by = group) =>
  all.peer.send(all.inbox, all.peer.activity(by, "Announce", object, { to: [publicly] }));
const context = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/data-integrity/v1"];
const create = (object: Json, type = "Create") =>
  all.other.activity(bob, type, object, { "@context": context, to: [publicly] });
const prove = (activity: Json) => all.other.prove(activity, bob);
const kept = async () => {
  const [row] = await all.db
    .select()
    .from(events)
    .where(eq(events.uri, `${all.other.origin}${path}`));
  return row ? [row.state, row.name] : null;
};
/** A reply of Bob's to an event of Ann's. */
const note = (inReplyTo: string, change: Json = {}): Json => ({
  ...{ id: `${all.other.origin}${path}`, type: "Note", attributedTo: bob, inReplyTo, to: [publicly], cc: [] },
  ...{ content: "<p>Count me in.</p>", ...change },
});
const said = async () =>
  (
    await all.db
      .select()
      .from(comments)
      .where(eq(comments.uri, `${all.other.origin}${path}`))
  ).map(({ state, content }) => [state, content]);

describe("a group's Announce", () => {
  it.each([
    ["of an id, as Mobilizon and Mastodon have it", () => event().id],
    ["of an object that another server made, as Mobilizon has it", () => event({ name: "Not quite" })],
    ["of a Create around it, as Lemmy and PieFed have it", () => create(event({ name: "Not quite" }))],
    ["of a Create around its id", () => ({ ...create(event()), object: event().id })],
  ])("%s is read from where it comes from", async (_, object) => {
    serve(event());
    expect((await announce(object())).status).toBe(202);
    expect(await kept()).toEqual(["published", "Repair café"]);
  });

  it("of an activity with its maker's proof is believed, and nobody is asked: a Create, an Update, a Delete", async () => {
    await announce(prove(create(event())));
    expect(await kept()).toEqual(["published", "Repair café"]);
    await announce(prove(create(event({ name: "Later", updated: "2026-11-02T08:00:00Z" }), "Update")));
    expect(await kept()).toEqual(["published", "Later"]);
    await announce(prove(create(event(), "Update")));
    expect(await kept()).toEqual(["published", "Later"]);
    await announce(prove(create({ id: event().id, type: "Tombstone" }, "Delete")));
    expect((await kept())?.[0]).toBe("deleted");
    expect(all.other.asked).not.toContain(`GET ${path}`);
  });

  it("of somebody's profile has it read where they are: it may be from long ago", async () => {
    const document = all.other.documents.get(new URL(bob).pathname) as Json;
    await announce(prove(create({ ...document, name: "Bob of old", inbox: `${bob}/old` }, "Update")));
    expect(await all.actorOf(bob)).toMatchObject({ name: document.name, inbox: document.inbox });
  });

  it("of its own event, embedded, is its own word", async () => {
    const id = `${all.peer.origin}${path}`;
    await announce(event({ id, attributedTo: group }));
    const [row] = await all.db.select().from(events).where(eq(events.uri, id));
    expect(row?.name).toBe("Repair café");
  });

  it("brings a comment once, whichever of NodeBB's three ways it comes: alone, within, and by its id", async () => {
    const { id, uri } = await all.event();
    const object = note(uri);
    serve(object);
    const made = create(object);
    await announce(object.id);
    await all.other.send(all.inbox, made);
    await announce(made);
    await announce(prove(made));
    expect(await said()).toEqual([["published", "<p>Count me in.</p>"]]);
    await announce(prove(create({ ...object, content: "<p>Us.</p>", updated: "2026-11-02T08:00:00Z" }, "Update")));
    expect(await said()).toEqual([["published", "<p>Us.</p>"]]);
    await announce(prove(create({ id: object.id, type: "Tombstone" }, "Delete")));
    expect(await said()).toEqual([["deleted", ""]]);
    expect(await all.db.$count(comments, eq(comments.eventId, id))).toBe(1);
  });

  it("of a Delete without proof is believed once the thing is gone where it was", async () => {
    serve(event());
    await announce(event().id);
    const end = create({ id: event().id, type: "Tombstone" }, "Delete");
    await announce(end);
    expect((await kept())?.[0]).toBe("published");
    all.other.documents.set(path, 410);
    await announce({ ...end, id: `${end.id}x` });
    expect((await kept())?.[0]).toBe("deleted");
  });

  it("of what Lemmy's communities are full of, pages and votes, does nothing and is no fault", async () => {
    const page = { id: `${all.other.origin}${path}`, type: "Page", attributedTo: bob, name: "A link", to: [publicly] };
    serve(page);
    for (const object of [create(page), create(page, "Like"), all.other.activity(bob, "Add", page), null, [], {}])
      expect((await announce(object)).status).toBeLessThan(500);
    expect(await kept()).toBeNull();
  });
});

describe("an Announce does not make true", () => {
  /** Each with what the origin says besides: nothing there, or other words. */
  const forgeries: [string, () => Json | Promise<Json>][] = [
    ["a Create without proof", () => create(event({ name: "Forged" }))],
    [
      "a Create whose words were changed after the proof",
      () => ({ ...prove(create(event())), object: event({ name: "Forged" }) }),
    ],
    [
      "a Create with the proof of another activity",
      () => ({ ...create(event({ name: "Forged" })), proof: prove(create(event())).proof }),
    ],
    [
      "a Create proven with somebody else's key in the maker's name",
      () => all.peer.prove(create(event({ name: "Forged" })), group, `${bob}#proof-key`),
    ],
    ["a Create proven by the group itself", () => all.peer.prove(create(event({ name: "Forged" })), group)],
    [
      "a Create proven with a key that says by itself whose it is",
      () => {
        const eve = all.peer.actor("eve");
        const own = all.peer.documents.get("/users/eve") as { assertionMethod: Json[] };
        const method = { ...own.assertionMethod[0], id: `${all.peer.origin}/keys/eve`, controller: bob };
        all.peer.documents.set("/keys/eve", { "@context": "https://w3id.org/security/multikey/v1", ...method });
        return all.peer.prove(create(event({ name: "Forged" })), eve, `${all.peer.origin}/keys/eve`);
      },
    ],
    [
      "a Create whose context gives its actor another name",
      () => {
        const eve = all.peer.actor("eve");
        const renamed = [...context, { maker: "as:actor", actor: "urn:nobody" }];
        const made = { ...create(event({ name: "Forged" })), "@context": renamed, maker: eve };
        return all.peer.prove(made, eve);
      },
    ],
    ["an Event of another's in the name of the group", () => event({ name: "Forged", attributedTo: group })],
  ];
  it.each(forgeries)("%s", async (_, forge) => {
    expect((await announce(await forge())).status).toBeLessThan(500);
    expect(await kept()).toBeNull();
    // What its own server says of it is taken, at most.
    serve(event());
    await announce({ ...(await forge()), id: `${all.peer.origin}/again/${count}` });
    expect((await kept())?.[1] ?? "Repair café").toBe("Repair café");
  });

  it("of a group that nobody here follows, true as it may be", async () => {
    serve(event());
    const stranger = all.peer.actor("strangers", { type: "Group" });
    await announce(prove(create(event())), stranger);
    await announce(event().id, stranger);
    expect(await kept()).toBeNull();
    await follow(stranger);
    await announce(event().id, stranger);
    expect(await kept()).not.toBeNull();
  });

  it("that something of ours changed or ended", async () => {
    const { id, uri } = await all.event();
    const forged = event({ id: uri, attributedTo: bob, name: "Forged" });
    for (const type of ["Create", "Update", "Delete"]) await announce(prove(create(forged, type)));
    await announce(forged);
    const [row] = await all.db.select().from(events).where(eq(events.id, id));
    expect([row!.name, row!.state]).toEqual(["Repair café", "published"]);
  });
});
