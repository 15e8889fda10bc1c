import { internal, of, plain } from "./annotation.ts";

const kept = "until its author or the event is deleted; a tombstone keeps id, thread and dates";

const what = plain(kept, true);
const inner = plain(kept, internal);
const words = of("text", kept);

const there = "until the discussion or its group is deleted";
const thread = plain(there, true);
const said = "until its author or a moderator deletes it, or the account; a tombstone keeps id and dates";
const message = plain(said, true);
const inside = plain(said, internal);
const reader = plain("until the account or the discussion is deleted", true);

/** What people write to each other. */
export const discussionPrivacy = {
  comments: {
    id: what("names the comment"),
    uri: what("its id in the network, if it is of another server"),
    url: what("its page there"),
    eventId: what("under which event"),
    actorId: what("who wrote it"),
    threadId: what("what it replies to"),
    threadAt: inner("the order of the page; follows from others"),
    content: words("what was said, published on purpose"),
    mediaType: inner("how the content is written"),
    language: what("in which language"),
    mentions: of("name", kept, "names of others, which also stand in the content")("who is named in it"),
    state: what("whether everybody sees it"),
    createdAt: what("when it was said"),
    editedAt: what("when its words were changed"),
    deletedAt: what("tombstone"),
  },
  discussions: {
    id: thread("names the discussion"),
    uri: thread("its id in the network, if it is of another server"),
    groupId: thread("in which group"),
    actorId: thread("who opened it"),
    name: of("text", there)("what it is called; read by the group's members"),
    pinned: thread("whether it stands above the others"),
    locked: thread("whether one may still write"),
    awaiting: thread("whether the group's own server has passed it on"),
    messageAt: thread("the order of the list"),
    search: plain(there, internal)("to find it by its words"),
    createdAt: thread("since when it is there"),
    updatedAt: thread("when it was last named, locked or opened again"),
    deletedAt: thread("tombstone"),
  },
  discussionMessages: {
    id: message("names the message"),
    uri: message("its id in the network, if it is of another server"),
    discussionId: message("in which discussion"),
    actorId: message("who wrote it"),
    quotedId: message("what it answers"),
    content: of("text", said)("what was said; read by the group's members"),
    mediaType: inside("how the content is written"),
    language: message("in which language"),
    mentions: of("name", said, "names of others, which also stand in the content")("who is named in it"),
    formerlyNamed: of("none", said, "ids of others, who are told once")("who was named in it before it was changed"),
    pictures: inside("which pictures it shows; follows from the content"),
    search: inside("to find it by its words"),
    awaiting: message("whether the group's own server has passed it on"),
    createdAt: message("when it was said"),
    editedAt: message("when its words were changed"),
    deletedAt: message("tombstone"),
  },
  discussionReaders: {
    discussionId: reader("which discussion"),
    accountId: reader("who reads it"),
    readAt: reader("up to where it was read: nobody else is told"),
    cadence: reader("how often they wish to hear of it"),
    toldAt: plain("until the account or the discussion is deleted", internal)("nothing is told twice"),
  },
};
