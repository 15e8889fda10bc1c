import { internal, of, plain } from "./annotation.ts";

const kept = "until its author or the event is deleted; a tombstone keeps id, thread and dates";

const what = plain(kept, true);
const inner = plain(kept, internal);
const words = of("text", kept);

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
};
