import { internal, of, plain } from "./annotation.ts";

const there =
  "until whoever put it there or a moderator deletes it, or the account; a folder as long as others keep something in it; a tombstone keeps id and dates";

const kept = plain(there, true);
const inner = plain(there, internal);
const words = of("text", there);
const page = plain(there, "what a page says of itself to everybody");

/** What the members of a group keep together. */
export const resourcePrivacy = {
  resources: {
    id: kept("names the link or folder"),
    uri: kept("its id in the network, if it is of another server"),
    groupId: kept("in which group"),
    actorId: kept("who put it there"),
    type: kept("whether it is a folder, a link, a pad or a call"),
    parentId: kept("in which folder it lies"),
    depth: inner("in how many; follows from others"),
    parentDepth: inner("follows from the depth"),
    name: words("what it is called; read by the group's members"),
    url: words("where it leads"),
    summary: words("what it is good for"),
    title: page("what the page behind it is called"),
    description: page("what it is about"),
    preview: inner("whether that page was read"),
    awaiting: inner("whether the server of its group has said yes to it"),
    search: inner("to find it by its words"),
    createdAt: kept("since when it is there"),
    updatedAt: inner("when it was changed"),
    deletedAt: kept("tombstone"),
  },
};
