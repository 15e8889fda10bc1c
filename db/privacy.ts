import { type Annotation, internal, of, plain } from "./annotation.ts";
import type { schema } from "./client.ts";
import { accountPrivacy } from "./privacy-account.ts";
import { discussionPrivacy } from "./privacy-discussion.ts";
import { eventPrivacy } from "./privacy-event.ts";
import { federationPrivacy } from "./privacy-federation.ts";
import { groupPrivacy } from "./privacy-group.ts";
import { mailPrivacy } from "./privacy-mail.ts";
import { resourcePrivacy } from "./privacy-resource.ts";

type Columns<T> = T extends { $inferSelect: infer Row } ? keyof Row : never;
type Annotations = { [Name in keyof typeof schema]: Record<Columns<(typeof schema)[Name]>, Annotation> };

const always = "as long as the server";
const account = "until the account is deleted";
const actor = "until the profile is deleted; a tombstone keeps id and handle";
const address =
  "until it is erased by its owner, 48 h if unconfirmed, else 30 days after the event (the host may choose 0–365)";
const row = "as long as the participation's row";
const hour = "one hour";

const server = plain(always);
const profile = plain(actor, true);
const remote = plain(actor, "public on the server it came from");
const picture = plain("until nothing shows it");
const where = plain("until no event is there");
const town = plain("as long as an event was there", "counts events, not people");
const part = plain(row, true);
const partInner = plain(row, internal);
const typed = plain(hour, "gone before an export could be read");
const allowance = plain("until its window is over, 24 h at most", internal);

const participantWords = of("text", address);

/**
 * Every column of every table. Export, erasure, redaction and the privacy page follow from it; a column without an
 * annotation does not type-check, and one that the database has besides fails the test.
 */
export const privacy: Annotations = {
  instance: {
    id: server("there is one row"),
    origin: server("the public address, fixed at first start"),
    name: server("what the host calls this server"),
    description: server("what the host says of it"),
    contact: of("address", "until the host changes it", "published on purpose")("where the host is reached"),
    language: server("the language of what has none of its own"),
    timezone: server("the zone of days in lists"),
    registration: server("whether people may sign up"),
    addressRetentionDays: server("how long participants' addresses are kept"),
    pictureCache: server("how much room others' pictures may take up"),
    demonstration: server("whether this is a demonstration"),
    createdAt: server("when it was first started"),
  },
  ...accountPrivacy,
  media: {
    id: picture("names the picture"),
    path: picture("where its file is"),
    remoteUrl: picture("where a picture of another server lies"),
    uploaderId: plain(
      "until nothing shows it, or the account is deleted",
      internal,
    )("who sees it while nothing shows it"),
    size: picture("how large it is"),
    shownAt: picture("the day on which anybody last saw it, never who"),
    mediaType: picture("how it is served"),
    width: picture("room kept for it on the page"),
    height: picture("room kept for it on the page"),
    name: of("text", "until nothing shows it")("read aloud in place of the picture"),
    createdAt: picture("unused pictures are removed by age"),
  },
  actors: {
    id: profile("names the profile"),
    type: profile("person, group or program"),
    handle: of("name", "for ever, so that nobody else is given it")("how others call them"),
    host: remote("the server it lives on"),
    uri: remote("its id in the network"),
    url: remote("its page"),
    inbox: remote("where it receives"),
    sharedInbox: remote("where its server receives"),
    outbox: remote("what it said"),
    followersUri: remote("how its followers are addressed"),
    iconUrl: remote("its picture there"),
    imageUrl: remote("its banner there"),
    seed: remote("what its home draws its cover from"),
    fetchedAt: remote("when it was last read"),
    approvesFollowers: profile("whether they decide who follows"),
    accountId: of("none", account, internal)("whose profile it is"),
    name: of("name", actor)("shown as organiser and member"),
    summary: of("text", actor)("what they say of themselves"),
    tone: profile("the colour of the profile"),
    locality: of("text", actor)("the town they give"),
    iconId: profile("their picture"),
    imageId: profile("their banner"),
    openness: profile("how one becomes a member"),
    visibility: profile("whether lists show the group"),
    membersShown: profile("whether a group shows its members' names"),
    membersOrganise: profile("whether all members make a group's events"),
    movedTo: profile("where they moved to"),
    movedAt: profile("since when they are there"),
    alsoKnownAs: profile("where the group was before"),
    createdAt: profile("since when"),
    updatedAt: profile("peers ask for what is newer"),
    suspendedAt: of("none", actor, "the host's decision, told by mail")("whether it is hidden"),
    suspendedWithServer: remote("whether it is hidden with its whole server"),
    deletedAt: profile("tombstone"),
  },
  places: {
    id: where("a hash of its content"),
    name: where("shown on the page"),
    streetAddress: where("to find it; a home if the organiser wrote one"),
    postalCode: where("to find it"),
    addressLocality: where("to find it"),
    addressRegion: where("to find it"),
    addressCountry: where("to find it"),
    room: where("to find it"),
    latitude: where("map links and search"),
    longitude: where("map links and search"),
    createdAt: where("unused places are removed by age"),
  },
  towns: {
    id: town("names the town"),
    name: town("searched for"),
    country: town("tells namesakes apart"),
    latitude: town("middle of the search"),
    longitude: town("middle of the search"),
    weight: town("which of two namesakes is meant"),
  },
  ...eventPrivacy,
  answers: {
    participationId: part("who answered"),
    questionId: part("what was asked"),
    value: participantWords("what the organiser asked to know"),
  },
  participations: {
    id: part("names the participation"),
    eventId: part("in which event"),
    actorId: part("by which profile"),
    email: of("address", address)("the only proof and the only way to be told of changes"),
    emailKey: of("address", address, "an HMAC of the address")("one person, one participation"),
    uri: part("which request of another server asked for it"),
    answered: partInner("what that server was told"),
    name: of("name", address)("so that the organiser knows who comes"),
    showName: part("whether others may see the name"),
    guests: part("seats for those who come along"),
    message: participantWords("what they told the organiser"),
    state: part("whether they come"),
    stateAt: part("since when; the organiser is told of what is new"),
    source: part("by which door they came"),
    language: part("the language of their mails"),
    timezone: part("the zone of times in their mails"),
    reminder: part("whether they wish to be reminded"),
    formId: partInner("a double click is one act"),
    tokenHash: of("secret", row, "a hash; the link itself is in their mails")("to know the mailed link again"),
    tokenGeneration: partInner("an older link stops working"),
    expiresAt: part("an unconfirmed request dies after 48 h, a held place lapses after 24 h"),
    mailedAt: partInner("the next mail waits a minute"),
    confirmedAt: part("when they confirmed"),
    decidedAt: part("when the organiser decided"),
    waitlistedAt: part("their place in the queue"),
    leftAt: part("when they left"),
    checkedInAt: part("when they arrived"),
    unreachableAt: part("that mail came back"),
    erasedAt: part("when their data was erased"),
    createdAt: part("when they asked"),
    updatedAt: part("when it last changed"),
  },
  ...discussionPrivacy,
  ...resourcePrivacy,
  ...groupPrivacy,
  ...federationPrivacy,
  ...mailPrivacy,
  forms: {
    id: typed("random, known to whoever typed"),
    path: typed("the page it belongs to"),
    accountId: typed("whose it is, if they are signed in: shown to nobody else"),
    network: of(
      "network",
      hour,
      "a hash of its own for each form",
    )("else from which network it came: shown to no other"),
    outcome: typed("what the page shows"),
    values: of(
      "text",
      hour,
      "gone before an export could be read",
    )("what was typed is not lost when a form is refused"),
    errors: typed("which sentence stands beside which field"),
    expiresAt: typed("erased when it is over"),
  },
  limits: {
    key: of(
      "network",
      "until its window is over, 24 h at most",
      "an HMAC, of networks salted by the day",
    )("how often something was done"),
    windowEnd: allowance("when it starts anew"),
    count: allowance("how often"),
  },
};
