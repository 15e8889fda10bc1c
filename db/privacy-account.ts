import { internal, of, plain } from "./annotation.ts";

const account = "until the account is deleted";
const wished = "48 hours";
const unproven = "of somebody whose address is not proven";
const signedIn = "until signed out, 30 days without a visit, or 180 in all";
const linked = "until the link is dead, 48 h at most";

const login = plain(account, true);
const wish = plain(wished, unproven);
const visit = plain(signedIn, true);
const link = plain(linked, internal);
const rule = plain("as long as the server");

/** The tables by which people sign up and in. */
export const accountPrivacy = {
  accounts: {
    id: login("names the row"),
    email: of("address", account)("to sign in and to be reached"),
    passwordHash: of("secret", account, "a hash that only opens this server")("to sign in"),
    state: login("whether one may sign in"),
    role: login("what one may do here"),
    language: login("the language of mails and pages"),
    timezone: login("the zone that times are shown in"),
    defaultActorId: login("which profile acts when none is chosen"),
    homeTown: of("text", account)("where one lives, as far as one says"),
    homeLatitude: login("the town's point"),
    homeLongitude: login("the town's point"),
    homeRadius: login("how far around it events are near"),
    calendarHash: of("secret", account, "a hash that opens nothing")("the address of the private calendar"),
    calendarGeneration: of("none", account, internal)("its address was changed so often"),
    application: of("text", "until the host has answered")("why somebody would like an account"),
    confirmedAt: login("that the address was proven"),
    createdAt: login("since when"),
    deletedAt: login("when it was deleted"),
  },
  signUps: {
    id: wish("names the row"),
    email: of("address", wished, unproven)("where the confirmation goes"),
    passwordHash: of("secret", wished, unproven)("what was chosen to sign in with"),
    handle: of("name", wished, unproven)("what the profile is to be called"),
    name: of("name", wished, unproven)("what the profile is to be called"),
    language: wish("the language of the mail"),
    timezone: wish("the zone of the times in it"),
    application: of("text", wished, unproven)("why somebody would like an account"),
    issuer: wish("the provider that will open it"),
    subject: of("name", wished, unproven)("who somebody is at that provider"),
    tokenHash: of("secret", wished, unproven)("the mailed link"),
    expiresAt: wish("erased when it is over"),
    usedAt: wish("a link works once"),
  },
  sessions: {
    id: visit("names the row"),
    tokenHash: of("secret", signedIn, "a hash that opens nothing")("knows the browser's cookie again"),
    accountId: visit("who is signed in"),
    method: visit("how one signed in"),
    device: of("network", signedIn)("to know one's own devices again"),
    createdAt: visit("180 days at most"),
    usedAt: visit("ends after 30 days without a visit"),
  },
  accountTokens: {
    id: link("names the row"),
    accountId: link("whose account it opens"),
    purpose: link("what it opens"),
    tokenHash: of("secret", linked, internal)("the mailed link"),
    email: of("address", linked, internal)("where it was sent"),
    expiresAt: link("erased when it is over"),
    usedAt: link("a link works once"),
    createdAt: link("since when"),
  },
  identities: {
    id: login("names the row"),
    accountId: login("whose account it opens"),
    issuer: login("the provider"),
    subject: of("name", account)("who somebody is at that provider"),
    createdAt: login("since when"),
  },
  signUpRules: {
    pattern: of("address", "until the host removes it", "the host's decision")("who may or may not sign up"),
    allowed: rule("which of the two"),
    createdAt: rule("since when"),
  },
};
