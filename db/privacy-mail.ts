import { internal, of, plain } from "./annotation.ts";

const account = "until the account is deleted";

const letter = plain("30 days after it was made", internal);
const choice = plain(account, true);

/** What is mailed, what people wish to be told, and who is not written to. */
export const mailPrivacy = {
  mails: {
    id: letter("Message-ID, and the provider's key against doubles"),
    message: letter("which letter it is"),
    participationId: letter("to whom: the address is read when it is sent"),
    accountId: letter("to whom: the address is read when it is sent"),
    signUpId: letter("to whom: the address is read when it is sent"),
    staffId: letter("to whom: the address is read when it is sent"),
    membershipId: letter("to whom: the address is read when it is sent"),
    dedupe: letter("one fact, one mail"),
    data: of(
      "text",
      "30 days after it was made",
      internal,
    )("what the letter tells: figures of the event, an organiser's words"),
    state: letter("whether it left"),
    reason: letter("why it did not, without the address"),
    createdAt: letter("its date"),
    sentAt: letter("when it left"),
  },
  notificationChoices: {
    accountId: choice("whose choice"),
    subject: choice("about what"),
    cadence: choice("how often they wish to be told"),
    toldAt: of("none", account, internal)("nothing is told twice"),
  },
  suppressions: {
    key: of(
      "address",
      "until its owner asks for mail again",
      "an HMAC that cannot be read back",
    )("no more mail to this address"),
    reason: plain("as the key", true)("whether asked for, or because mail came back"),
    createdAt: plain("as the key", true)("since when"),
  },
};
