import { internal, of, plain } from "./annotation.ts";

const always = "as long as the server";
const actor = "until the profile is deleted";
const followed = "until they part, or one of the two is deleted";
const memory = "until it expires, a month at most";
const event = "until the event is deleted";

const server = plain(always);
const said = plain(actor, internal);
const inner = plain(event, internal);
const report = plain("as long as what it is about", "the host's, and of more people than one");
const written = "until its author deletes it, or the event is deleted";
const wrote = plain(written, "of somebody of another server");
const told = of("text", event, "sent to others in the event's name, and they have it");

/** The tables by which servers speak to each other, and by which the host judges. */
export const federationPrivacy = {
  actorKeys: {
    actorId: plain(actor, internal)("whose keys"),
    algorithm: plain(actor, internal)("RSA or Ed25519"),
    generation: plain(actor, internal)("which of its keys, one after the other"),
    publicHalf: plain(actor, "public, in the profile's document")("how others know that it is they"),
    privateKey: of("secret", actor, "sealed under a key outside of the database")("to sign in their name"),
    createdAt: plain(actor, internal)("when they were made"),
  },
  follows: {
    id: plain(followed, internal)("names the row"),
    followerId: plain(followed, true)("who follows"),
    followedId: plain(followed, true)("whom they follow"),
    uri: plain(followed, internal)("the activity that asked"),
    state: plain(followed, true)("whether it was accepted"),
    createdAt: plain(followed, true)("since when"),
  },
  activities: {
    id: said("names the activity"),
    actorId: said("who says it"),
    type: said("what it is"),
    objectId: said("what it is about"),
    fact: said("one fact, one activity"),
    document: of("text", actor, "public, or with whom it was sent to")("what was said, as it was signed"),
    public: said("whether everybody may read it"),
    createdAt: said("when it was said"),
  },
  deliveries: {
    id: said("names the row"),
    activityId: said("which activity"),
    objectId: said("who received an object hears what becomes of it"),
    inbox: said("where to"),
    host: said("which server"),
    state: said("whether it arrived"),
    tries: said("how often it was tried"),
    retryAt: said("when it is tried again"),
    reason: said("why it did not arrive"),
    createdAt: said("when it was due"),
    endedAt: said("when it arrived"),
  },
  peers: {
    host: server("the name of another server"),
    standing: server("what the host decided about it"),
    note: server("why, in the host's words"),
    judgedAt: server("when that was decided"),
    failures: server("how it fares"),
    retryAt: server("when it is tried again"),
    reason: server("why it failed"),
    heardAt: server("when it was last heard of"),
    reachedAt: server("when it was last reached"),
    createdAt: server("since when it is known"),
  },
  moderationActs: {
    id: server("names the row"),
    accountId: of("none", always, "kept by the host to answer for it")("who of the host's people did it"),
    flagId: server("which report it answers"),
    action: server("what was done"),
    subject: of("name", "as long as the server", "kept by the host to answer for it")("to what or whom"),
    note: of("text", "as long as the server", "kept by the host to answer for it")("why it was done"),
    createdAt: server("when it was done"),
  },
  flags: {
    id: report("names the report"),
    uri: report("its id in the network"),
    reporterId: report("who reports, to be answered; nobody but the host sees it"),
    reporterHost: report("the server that sent it"),
    actorId: report("who is reported"),
    eventId: report("which event is reported"),
    commentId: report("which comment is reported"),
    postId: report("which post is reported"),
    messageId: report("which message among members is reported"),
    quote: of(
      "text",
      "until its author's account or profile is deleted",
      "the host's, whom the reporter showed it",
    )("the words that are reported"),
    content: of(
      "text",
      "as long as what it is about",
      "the host's, and of more people than one",
    )("what is wrong with it"),
    state: report("whether the host has answered"),
    createdAt: report("since when"),
    closedAt: report("when the host answered"),
  },
  receivedActivities: {
    id: server("a hash of the activity's address"),
    receivedAt: server("when it took effect"),
  },
  federationMemory: {
    key: plain(memory, internal)("what is remembered"),
    value: plain(memory, "public keys of others")("public keys of others"),
    expiresAt: plain(memory, internal)("until when"),
  },
  polls: {
    id: inner("names the poll"),
    eventId: inner("about which event"),
    actorId: inner("who was asked"),
    source: inner("how they asked to be"),
    options: inner("the words to choose from"),
    createdAt: inner("when they were asked"),
  },
  messages: {
    id: wrote("names the message"),
    eventId: wrote("about which event"),
    actorId: wrote("who wrote it"),
    uri: wrote("its id in the network"),
    content: of("text", written, "of somebody of another server, who has it")("what they wrote to the organisers"),
    createdAt: wrote("when it came"),
  },
  notes: {
    id: inner("names the note"),
    actorId: inner("in whose name"),
    eventId: inner("about which event"),
    recipientId: inner("to whom alone"),
    content: told("what changed, or what was understood"),
    language: inner("its language"),
    createdAt: inner("when it was written"),
  },
};
