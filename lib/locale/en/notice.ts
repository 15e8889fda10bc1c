const notice = {
  // The organiser's mails
  requestsSubject:
    "{count, plural, one {# request} other {# requests}}: {name}{others, plural, =0 {} one { and one more event} other { and # more events}}",
  requestsTitle: "{count, plural, one {Somebody asks to join} other {# people ask to join}}",
  requestsText: "They wait for your answer, and are told of it by mail.",
  requestsWho: "Who asks",
  requestsSee: "See the requests",
  requestsEntry: "{date} · {count, plural, one {# request} other {# requests}}: {names}",
  requestsStop: "No more mail about requests",
  newcomersSubject:
    "{count, plural, other {# new}}: {name}{others, plural, =0 {} one { and one more event} other { and # more events}}",
  newcomersTitle: "{count, plural, one {Somebody new is coming} other {# more people are coming}}",
  newcomersText: "Since we last wrote, and without you having to do anything:",
  newcomersWho: "Who is coming",
  newcomersSee: "See who is coming",
  newcomersEntry: "{date} · {count, plural, other {# new}}: {names}",
  newcomersStop: "No more mail about new participants",
  commentsSubject:
    "{count, plural, one {# comment} other {# comments}}: {name}{others, plural, =0 {} one { and one more event} other { and # more events}}",
  commentsTitle: "{count, plural, one {A new comment} other {# new comments}}",
  commentsText: "Somebody wrote under an event of yours. Read and answer it there.",
  commentsWho: "Who wrote",
  commentsSee: "Read the comments",
  commentsEntry: "{date} · {count, plural, one {# comment} other {# comments}}: {names}",
  commentsStop: "No more mail about comments",
  nobody: "somebody without a name",
  more: "{count, plural, one {one more} other {# more}}",
  desk: "Open your desk",
  from: "Sent by {server}, because you organise or help there.",
  settings: "How often we write to you",

  // /settings/notifications
  title: "Notifications",
  intro: "Which mails you get, and how often. All of them go to {address}.",
  zone: "Daily mails leave at 08:00, weekly ones on Mondays at 08:00, by the clock of {zone}; you change it under “{page}”.",
  participant: "When you take part",
  participantText: "If a date or a place changes, or an event is called off, you are always told.",
  "reminder-week": "A week before the event",
  "reminder-day": "The day before",
  "reminder-morning": "The same morning, at 08:00",
  reminders: "Remind me",
  organizer: "When you organise or help",
  organizerText: "Several events share one mail. You are told only what your role there lets you see.",
  requests: "New requests",
  newcomers: "New participants",
  comments: "New comments",
  off: "Not at all",
  "at-once": "At once",
  hourly: "Hourly",
  daily: "Daily",
  weekly: "Weekly",
  invitationsTitle: "Invitations",
  invitations: "Somebody invites me to help with an event, or into a group",
  invitationsHint: "Without the mail you find them on your desk.",

  // What of it a mail's link stops
  "stop_reminder-week": "Reminders a week before",
  "stop_reminder-day": "Reminders the day before",
  "stop_reminder-morning": "Reminders on the morning",
  stop_requests: "Mail about new requests",
  stop_newcomers: "Mail about new participants",
  stop_comments: "Mail about new comments",
  stop_invitations: "Invitations by mail",
  stopIntro:
    "You get these mails for your account on {host}. What else is mailed to you, and how often, stands in your settings.",
  stopButton: "No more of them",
  stopped: "You get none of them any more.",
  going: "You get them, as often as your settings say.",
  stopReminders: "No more reminders of this kind",
  stopInvitations: "No more invitations by mail",

  // Whether mail reaches an account
  bounced: "Mail to your address comes back",
  bouncedText:
    "The mail server of {address} refused a mail of ours for good, so we send nothing there any more. Change your address; or, if the mailbox works again, let us try once more.",
  silenced: "You asked for no more mail",
  silencedText:
    "At the wish of its owner, {address} gets no mail from this server: no reminders, no changes, no links to sign in.",
  mailAgain: "Send mail to it again",
  changeAddress: "Change the address",
  doneAgain: "Mail goes to your address again.",
};

export default notice;
