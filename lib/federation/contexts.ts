import { type DocumentLoader, preloadedContexts } from "@fedify/vocab-runtime";
import { log } from "#lib/log.ts";

const activityStreams = "https://www.w3.org/ns/activitystreams";

/** The terms of an Event that ActivityStreams lacks; JSON keys and IRIs equal Mobilizon's where it has one. */
const eventTerms = {
  Hashtag: "as:Hashtag",
  sc: "http://schema.org#",
  mz: "https://joinmobilizon.org/ns#",
  pt: "https://joinpeertube.org/ns#",
  ical: "http://www.w3.org/2002/12/cal/ical#",
  toot: "http://joinmastodon.org/ns#",
  fep: "https://w3id.org/fep/8a8e/",
  parvis: "urn:parvis:",
  // ActivityStreams has it relative to the document, where "Event" means nothing to a signature.
  formerType: { "@id": "as:formerType", "@type": "@vocab" },
  category: "sc:category",
  uuid: "sc:identifier",
  maximumAttendeeCapacity: "sc:maximumAttendeeCapacity",
  remainingAttendeeCapacity: "sc:remainingAttendeeCapacity",
  address: "sc:address",
  PostalAddress: "sc:PostalAddress",
  streetAddress: "sc:streetAddress",
  postalCode: "sc:postalCode",
  addressLocality: "sc:addressLocality",
  addressRegion: "sc:addressRegion",
  addressCountry: "sc:addressCountry",
  VirtualLocation: "sc:VirtualLocation",
  inLanguage: "sc:inLanguage",
  joinMode: "mz:joinMode",
  timezone: "mz:timezone",
  externalParticipationUrl: "mz:externalParticipationUrl",
  participantCount: "mz:participantCount",
  isOnline: "mz:isOnline",
  anonymousParticipationEnabled: "mz:anonymousParticipationEnabled",
  participationMessage: "mz:participationMessage",
  ResourceCollection: "mz:ResourceCollection",
  repliesModerationOption: "mz:repliesModerationOption",
  commentsEnabled: "pt:commentsEnabled",
  status: "ical:status",
  focalPoint: { "@id": "toot:focalPoint", "@container": "@list" },
  eventStatus: "fep:eventStatus",
  displayEndTime: "fep:displayEndTime",
  previousStartTime: "fep:previousStartTime",
  organizers: "fep:organizers",
  attendees: "fep:attendees",
  draft: "parvis:draft",
  contacts: "parvis:contacts",
  isAnnouncement: "parvis:isAnnouncement",
  isAnswer: "parvis:isAnswer",
  anonymousParticipation: "parvis:anonymousParticipation",
  onlineLink: "parvis:onlineLink",
  buyTicketsLink: "parvis:buyTicketsLink",
  feeCurrency: "parvis:feeCurrency",
  feeAmount: "parvis:feeAmount",
};

/** `@context` of Events, Notes and the activities around them. */
export const eventContext = [activityStreams, "https://w3id.org/security/data-integrity/v1", eventTerms];

/** `@context` of actors. */
export const actorContext = [
  activityStreams,
  "https://w3id.org/security/v1",
  "https://w3id.org/security/multikey/v1",
  {
    toot: "http://joinmastodon.org/ns#",
    fep: "https://w3id.org/fep/8a8e/",
    mz: "https://joinmobilizon.org/ns#",
    parvis: "urn:parvis:",
    manuallyApprovesFollowers: "as:manuallyApprovesFollowers",
    movedTo: { "@id": "as:movedTo", "@type": "@id" },
    alsoKnownAs: { "@id": "as:alsoKnownAs", "@type": "@id" },
    discoverable: "toot:discoverable",
    indexable: "toot:indexable",
    featured: { "@id": "toot:featured", "@type": "@id" },
    // None of the bundled contexts has it: who reads linked data would find no key for our proofs.
    assertionMethod: { "@id": "https://w3id.org/security#assertionMethod", "@type": "@id", "@container": "@set" },
    webfinger: "https://purl.archive.org/socialweb/webfinger#webfinger",
    upcomingEvents: { "@id": "fep:upcomingEvents", "@type": "@id" },
    openness: "mz:openness",
    memberCount: "mz:memberCount",
    membersOrganise: "parvis:membersOrganise",
    tone: "parvis:tone",
    seed: "parvis:seed",
    sc: "http://schema.org#",
    address: "sc:address",
    PostalAddress: "sc:PostalAddress",
    addressLocality: "sc:addressLocality",
    ...Object.fromEntries(
      ["events", "members", "posts", "discussions", "resources", "todos"].map((name) => [
        name,
        { "@id": `mz:${name}`, "@type": "@id" },
      ]),
    ),
  },
];

/** `@context` of an activity that holds an actor, and a proof of its own. */
export const profileContext = [
  ...actorContext.slice(0, 2),
  "https://w3id.org/security/data-integrity/v1",
  ...actorContext.slice(2),
];

const empty = { "@context": {} };
const litepub = {
  "@context": {
    Emoji: "toot:Emoji",
    Hashtag: "as:Hashtag",
    PropertyValue: "schema:PropertyValue",
    manuallyApprovesFollowers: "as:manuallyApprovesFollowers",
    sensitive: "as:sensitive",
    schema: "http://schema.org#",
    toot: "http://joinmastodon.org/ns#",
    value: "schema:value",
  },
};

/** Other spellings of what is bundled, and contexts whose terms we read from the raw document anyway. */
const others: Record<string, unknown> = {
  "https://schema.org": preloadedContexts["http://schema.org/"],
  "https://schema.org/": preloadedContexts["http://schema.org/"],
  "http://schema.org": preloadedContexts["http://schema.org/"],
  "http://www.w3.org/ns/activitystreams": preloadedContexts[activityStreams],
  "https://joinmastodon.org/ns": preloadedContexts["http://joinmastodon.org/ns"],
};

/**
 * The contexts that documents name, from memory alone: an unknown one is empty, its host is logged, and nobody is
 * asked for it.
 */
export const loadContext: DocumentLoader = async (url) => ({
  contextUrl: null,
  documentUrl: url,
  document:
    preloadedContexts[url] ??
    others[url] ??
    (/litepub-0\.1\.jsonld$|\/context\.jsonld$/.test(url) ? litepub : unknown(url)),
});

function unknown(url: string): unknown {
  log("federation").debug("An unknown context counts as empty", { host: URL.canParse(url) ? new URL(url).host : "?" });
  return empty;
}
