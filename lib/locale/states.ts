/** What somebody is to an event, by the state of their participation: in a word or two. */
export const stateWords = {
  unconfirmed: "mail.stateUnconfirmed",
  pending: "mail.statePending",
  accepted: "mail.stateAccepted",
  tentative: "mail.stateTentative",
  waitlisted: "mail.stateWaitlisted",
  rejected: "mail.stateRejected",
  left: "mail.stateLeft",
} as const;
