import { internal, of, plain } from "./annotation.ts";

const belonging = "until the profile or the group is deleted; 14 days if an invitation is never answered";
const invited = "until they answer, 14 days at most";
const year = "365 days";
const posted = "until the group deletes it; a tombstone keeps id and dates";
const named = "until they leave the group, take their name away, or the event is deleted";

const copy = "until the group’s server says otherwise, or a day after it was said last";
const read = plain("a day after it was read last");
const copied = plain(copy, internal);
const led = plain("until the profile or the group is deleted", internal);
const member = plain(belonging, true);
const entry = plain(year, true);
const contact = plain(named, true);
const post = plain(posted, true);
const inside = plain(posted, internal);

/** The tables by which people organise together. */
export const groupPrivacy = {
  memberships: {
    id: member("names the membership"),
    groupId: member("of which group"),
    memberId: member("as which profile"),
    role: member("what they may do there"),
    state: member("whether they are one of its members"),
    sentAway: member("whether the group has sent them away or declined them, and not let them in since"),
    shown: member("whether others may see their name there"),
    message: of("text", "until the group has answered")("what they said when they asked to come in"),
    invitedById: of("none", belonging, "about somebody else")("who invited them"),
    email: of("address", invited, "of somebody who has not answered")("where the invitation goes"),
    emailKey: of("address", invited, "an HMAC of the address")("nobody is invited twice"),
    language: member("the language of the invitation"),
    tokenHash: of("secret", invited, "a hash; the link itself is in their mail")("to know the mailed link again"),
    expiresAt: member("when the invitation dies"),
    uri: plain(belonging, internal)("the activity by which it began"),
    joinedAt: member("since when they are a member"),
    caughtUpAt: plain(belonging, internal)("whether what was there before was read from the group's server"),
    createdAt: member("since when the group knows them"),
    updatedAt: member("when it last changed"),
  },
  transfers: {
    actorId: led("who was led"),
    groupId: led("to which group, that theirs has become"),
    standing: led("whether they were a member or a follower"),
    createdAt: led("when they were"),
  },
  rosters: {
    id: copied("names the row"),
    groupId: copied("of which group elsewhere"),
    uri: copied("its id there"),
    actorUri: copied("whose membership it is"),
    name: of("text", copy, internal)("how they are called there"),
    role: copied("what they may do there"),
    state: copied("whether they are one of its members"),
    message: of("text", copy, "of somebody who asks to come in there")("what they said when they asked"),
    seenAt: copied("when the group’s server said so"),
  },
  rosterReadings: {
    groupId: read("of which group elsewhere"),
    startedAt: read("when its list was asked for last"),
    readAt: read("when its server told of it last"),
    whole: read("whether it was read to its end"),
  },
  groupLog: {
    id: entry("names the entry"),
    groupId: entry("in which group"),
    actorId: entry("who did it"),
    kind: entry("what was done"),
    memberId: entry("whom it concerned"),
    role: entry("the role that they were given"),
    objectId: entry("what it concerned"),
    name: of("text", year)("what that was called then"),
    asked: entry("what the group’s own server answered, where another decides"),
    createdAt: entry("when it was done"),
  },
  posts: {
    id: post("names the post"),
    uri: post("its id in the network, if it is of another server"),
    groupId: post("which group says it"),
    actorId: of("none", "until the account of whoever wrote it is deleted, or the post")("who wrote it"),
    state: post("whether it is published"),
    awaiting: inside("whether the group’s own server has not passed it on yet"),
    visibility: post("who may read it"),
    listed: inside("whether lists show it; follows from others"),
    name: of("text", posted)("its title, published on purpose"),
    content: of("text", posted)("what is said, published on purpose"),
    mediaType: inside("how the content is written"),
    language: post("in which language"),
    tags: post("what it is about"),
    coverId: post("its picture"),
    pictures: inside("which pictures it shows; follows from the content"),
    publishedAt: post("when it was published"),
    createdAt: post("since when it is there"),
    updatedAt: post("when it was changed"),
    hiddenAt: post("whether the host has hidden it"),
    hiddenWith: inside("whether it comes back with its group"),
    deletedAt: post("tombstone"),
  },
  eventContacts: {
    eventId: contact("about which event they may be asked"),
    actorId: contact("who may be asked"),
    createdAt: contact("since when"),
  },
};
