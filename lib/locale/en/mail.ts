const mail = {
  // The shape of a letter
  labelled: "{label}: {value}",
  lead: "{label}:",
  before: "Before",
  now: "Now",
  when: "When",
  where: "Where",
  online: "Online",
  organizer: "Organiser",
  status: "State",
  places: "Places",
  zoned: "{date} ({zone})",
  placesYou: "{guests, plural, =0 {You} one {You and one guest} other {You and # guests}}",
  placeLater: "The organiser sends the address once you have a place",
  placeNone: "Not said yet",
  onlineNone: "No address yet",
  onlineLater: "You get the address once you have a place",
  statusTentative: "Not certain yet",
  statusConfirmed: "Takes place",
  statusCancelled: "Called off",
  moreChanges: "Change of plans? You can give your place back on that page at any time.",
  server: "{name} ({host})",
  from: "Sent by {server}, because this address was given there for this event.",
  fromAccount: "Sent by {server}, to the address of your account there.",
  fromYou: "Sent by {server}, because somebody asked for it there with this address.",
  notYou: "Not you? Ignore this: nothing happens.",
  stopServer: "No more mail from this server",
  stopEvent: "No more mail about this event",
  seeEvent: "The event’s page",
  changeParticipation: "See, change or cancel",
  calendarAttached:
    "The calendar entry is attached. When date, place or state change, we write to you, and send it anew.",
  calendarUpdated: "The attached calendar entry replaces the one you have.",
  calendarCancelled: "The attached calendar entry takes the date out of your calendar.",
  message: "The organiser writes:",

  confirmSubject: "Confirm: {name}, {date}",
  confirmTitle: "One button, and you’re in",
  confirmRequestTitle: "One button, and your request is sent",
  confirmText:
    "Somebody, most likely you, asked with this address to take part in “{name}”. Nothing is booked yet: open the page below and press the button there.",
  confirmButton: "Go to the confirmation",
  confirmLife: "The link works until {date} ({zone}). After that the request and this address are erased.",

  alreadySubject: "Your place: {name}, {date}",
  alreadyTitle: "You have already signed up",
  alreadyAccepted: "You are coming to “{name}”: your place is booked. Nothing has changed.",
  alreadyPending: "Your request for “{name}” is with the organiser. Nothing has changed.",
  alreadyWaitlisted: "You are on the waiting list for “{name}”. Nothing has changed.",
  alreadyOther: "This address is known for “{name}”. The page below says how things stand.",

  receiptSubject: "You’re coming: {name}, {date}",
  receiptTitle: "You’re coming",
  receiptText: "Your place at “{name}” is booked.",

  addedText: "{organizer} put you on the list of those who come to “{name}”: a place is kept for you.",

  requestedSubject: "Request sent: {name}",
  requestedTitle: "Your request is with the organiser",
  requestedText: "You asked to take part in “{name}”. The organiser decides; we write to you either way.",
  waitlistedSubject: "On the waiting list: {name}",
  waitlistedTitle: "You’re on the waiting list",
  waitlistedText: "All places at “{name}” are taken. As soon as one is yours, we write to you.",

  approvedSubject: "Accepted: {name}",
  approvedTitle: "You’re in",
  approvedText: "The organiser accepted your request: your place at “{name}” is booked.",
  promotedSubject: "A place is yours: {name}",
  promotedTitle: "A place is yours",
  promotedText: "A place at “{name}” became free, and it is yours.",
  promotedHint: "You can’t come any more? Give it back on that page, so that the next person can have it.",

  offeredSubject: "A place is yours until {date}: {name}",
  offeredTitle: "A place is yours, if you want it",
  offeredText: "A place at “{name}” became free, and you are next. It is held for you until {date} ({zone}).",
  offeredPlaces:
    "Places at “{name}” became free, and you are next: {places, plural, one {# place is} other {# places are}} held for you until {date} ({zone}).",
  offeredButton: "Keep it or give it back",
  offeredHint: "Both take one button on that page. Without an answer the place goes to the next person.",

  expiredSubject: "The place has gone on: {name}",
  expiredTitle: "The place has gone to the next person",
  expiredText:
    "A place at “{name}” was held for you, and the time to keep it has passed. You are no longer on the list.",
  expiredBack: "Sign up again",

  reminderSubject: "{day, select, today {Today} other {Tomorrow}}: {name}, {time}",
  reminderSubjectDay: "{day, select, today {Today} other {Tomorrow}}: {name}",
  reminderSubjectWeek: "In a week: {name}, {date}",
  reminderTitle: "{day, select, today {It is today} week {It is in a week} other {It is tomorrow}}",
  reminderText:
    "{day, select, today {“{name}” is today, and you said that you are coming.} week {“{name}” is in a week, and you said that you are coming.} other {“{name}” is tomorrow, and you said that you are coming.}}",
  reminderHint:
    "You can’t come after all? Give your place back on that page, so that somebody else can have it. Reminders are switched off there too.",

  announcementSubject: "{name}: {subject}",
  announcementText: "{organizer} writes to those who take part in “{name}”:",

  rejectedSubject: "Declined: {name}",
  rejectedTitle: "No place this time",
  rejectedText: "The organiser could not give you a place at “{name}”.",
  rejectedHint: "There may be something else for you:",
  otherEvents: "Other events",

  leftSubject: "You’re no longer coming: {name}",
  leftTitle: "You’re no longer coming",
  leftText: "You no longer take part in “{name}”, and will hear no more about it.",
  leftBack: "Changed your mind? Sign up again",

  linksSubject: "Your participations on {host}",
  linksTitle: "Your participations",
  linksText:
    "{count, plural, one {This address takes part in one event here. Its link lets you see, change and cancel.} other {This address takes part in # events here. The links let you see, change and cancel.}}",
  linksEntry: "{date} · {state}",
  linksKeep: "Whoever has these links can act for you: keep them to yourself.",
  linksLabel: "My participation",
  stateUnconfirmed: "waits for your confirmation",
  statePending: "waits for the organiser",
  stateAccepted: "you’re coming",
  stateTentative: "maybe",
  stateWaitlisted: "on the waiting list",
  stateRejected: "declined",
  stateLeft: "you’re not coming",

  changedSubject: "Changed: {name}, {date}",
  changedTitle: "Something has changed",
  changedText: "The organiser changed “{name}”. Before and now:",
  changedAll: "The rest stays as it was:",

  cancelledSubject: "Cancelled: {name}, {date}",
  cancelledTitle: "Cancelled",
  cancelledText: "“{name}” does not take place: the organiser called it off. There is nothing you need to do.",

  deletedSubject: "Removed: {name}, {date}",
  deletedTitle: "Removed",
  deletedText: "The organiser removed “{name}” from {host}. Please assume that it will not take place.",

  fromHost: "Sent by {server}, at its host’s wish.",
  testSubject: "Test from {host}",
  testTitle: "Mail works",
  testText: "{name} can send mail. This is all this message is for.",

  // /unsubscribe
  stopTitle: "Mail about “{name}”",
  stopTitleGone: "Mail from this server",
  stopIntro: "Here you decide what {host} may still write to the address that this link was sent to.",
  stopEventButton: "No more mail about this event",
  stopEventHint:
    "No news of changes and cancellations either. Your place stays yours; only what you ask for yourself is still sent.",
  stopServerButton: "No mail at all from this server",
  stopServerHint:
    "For every event here, for good. Nobody can then sign up with this address, since that needs a mail. You can undo it with this link.",
  allowButton: "Allow mail again",
  stoppedEvent: "You get no more mail about this event.",
  stoppedServer: "This address gets no more mail from this server.",
  stoppedBounce: "Mail to this address came back, so nothing is sent to it any more.",
  allowed: "You get mail about this event: confirmations, changes, cancellation.",
  stopErased: "The address was erased here, so no mail can be sent to it.",

  // /mailbox
  mailboxTitle: "Mailbox",
  mailboxIntro: "This server sends no mail: what it would send is kept here. Demonstration and development only.",
  mailboxEmpty: "No mail yet. Take part in an event, and the confirmation arrives here within seconds.",
  mailboxTo: "To {address}",
  mailboxHeaders: "Header",
  mailboxText: "Text",
  mailboxHtml: "Open the HTML part",
  mailboxRaw: "Download the whole message (.eml)",
  mailboxAttachments: "Attachments",
  mailboxBack: "All mail",
  mailboxSize: "{kilobytes, number} KB",
};

export default mail;
