import { dressed, type Forgery, inboxOf, overreach, streams } from "./forgery.ts";

/** What another server, or another person of the same one, would have to vouch for. */
export const authority: Forgery[] = [
  {
    name: "an id of another server",
    weak: ["origin"],
    attempt: async (stage, n) => {
      const { evil, eve, good, ann } = stage;
      const activity = { ...evil.activity(eve, "Follow", ann), id: `${good.origin}/activities/stolen-${n}` };
      return evil.send(inboxOf(stage, n), dressed(activity, n));
    },
  },
  overreach("an event that another server would have to vouch for", ["origin"], async ({ good, eve }, n) => ({
    by: "eve",
    type: n % 2 ? "Create" : "Invite",
    object: {
      type: "Event",
      id: `${good.origin}/nowhere/${n}`,
      name: "Forged",
      startTime: "2031-01-01T10:00:00Z",
      attributedTo: eve,
    },
  })),
  overreach("an event in the name of somebody of another server", ["origin"], async ({ evil, gil, makeEvent }) => ({
    by: "eve",
    type: "Create",
    object: makeEvent(evil, gil),
  })),
  overreach("a change of another server's event", ["vouched", "origin"], async ({ mirrored }, n) => ({
    by: "eve",
    type: "Update",
    object: { ...(await mirrored()), name: `Forged ${n}`, updated: "2032-01-01T00:00:00Z" },
  })),
  overreach("a change of an event by another of the same server", ["vouched"], async ({ mirrored }, n) => ({
    by: "imp",
    type: "Update",
    object: { ...(await mirrored()), name: `Forged ${n}`, updated: "2032-01-01T00:00:00Z" },
  })),
  overreach("the end of another server's event", ["origin", "gone"], async ({ mirrored }, n) => {
    const { id } = await mirrored();
    return { by: "eve", type: "Delete", object: n % 2 ? id : { type: "Tombstone", id } };
  }),
  overreach("the end of an event by another of the same server", ["gone"], async ({ mirrored }, n) => {
    const { id } = await mirrored();
    return { by: "imp", type: "Delete", object: n % 2 ? id : { type: "Tombstone", id } };
  }),
  overreach("a yes in another server's name to what we asked of it", ["origin"], async ({ asked }, n) => ({
    by: "eve",
    type: n % 2 ? "Reject" : "Accept",
    object: (await asked()).join,
  })),
  overreach(
    "an address of another server that leads to the sender's",
    ["origin"],
    async ({ good, evil, gil, makeEvent }) => {
      const event = makeEvent(evil, gil);
      const path = new URL(event.id as string).pathname;
      const id = `${good.origin}${path}`;
      evil.documents.set(path, { "@context": streams, ...event, id });
      good.documents.set(path, (res) => res.writeHead(302, { location: `${evil.origin}${path}` }).end());
      return { by: "eve", type: "Announce", object: id };
    },
  ),
  {
    name: "an actor whose inbox is another server's",
    weak: ["origin"],
    attempt: async (stage, n) => {
      const { evil, good, eve, ann } = stage;
      const name = `far${n}${Math.random().toString(36).slice(2, 8)}`;
      const id = evil.actor(name, { inbox: `${good.origin}/inbox` }, eve);
      return evil.send(inboxOf(stage, n), dressed(evil.activity(id, "Follow", ann), n));
    },
  },
];
