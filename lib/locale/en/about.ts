const about = {
  title: "About {name}",
  whatTitle: "What this is",
  what: "{name} is a public notice board for events and meetups. Anybody can read it and take part with nothing but an e-mail address: no account, no app.",
  demonstration:
    "This is a demonstration: the events are made up, and mail is kept on the server instead of being sent.",
  whoTitle: "Who runs it",
  who: "{name} is one server (people also say “instance”), run by its own host. It answers to them, not to a company that sells advertising.",
  contact: "You reach them at {address}.",
  noContact: "They have not given an address for questions yet.",
  joinTitle: "Publishing events",
  registration_open: "Anybody can have an account here to publish events.",
  registration_approval:
    "Accounts to publish events are given on request: the people who run this server look at each one.",
  registration_closed: "This server is not taking new organisers at the moment.",
  helpTitle: "Help",
  helpFind:
    "Find: the first page shows what is on, day by day. Search by words, place and date; every result page has an address of its own that you can keep, share or follow in your calendar.",
  helpJoin:
    "Take part: write your e-mail address on the event’s page. A mail comes with a link; nothing is booked until you press its button.",
  helpLeave:
    "Change your mind: the same link shows your participation, lets you leave and erases your data. If you lost it, ask for all your links to be mailed to you.",
  softwareTitle: "The software",
  software:
    "Parvis, version {version}: free software under the AGPL, version 3 or later. Everybody may run, study, change and share it.",
  rulesTitle: "Rules",
  rulesIntro: "What holds for everybody who publishes or writes here.",
  rule1:
    "Announce events that take place, at the time and place that you give. Say so when they change or are called off: those who take part are told.",
  rule2: "Be decent to people. Hate, threats, harassment and lies about persons have no place here.",
  rule3: "No advertising dressed up as an event, and nothing sent in bulk.",
  rule4: "What is against the law where this server stands is not published here.",
  rule5: "The people who run this server may hide what breaks these rules.",
  termsTitle: "Terms",
  terms1:
    "You use {name} free of charge and as it is. Its host takes care of it, but does not promise that it always answers or that every announcement is right.",
  terms2:
    "Events belong to those who organise them. Whether one takes place, what it costs and who may come is between you and its organiser.",
  terms3:
    "What you publish stays yours. By publishing it you allow this server to show it, and to hand it on in calendars, feeds and search results.",
  terms4:
    "Giving somebody else’s e-mail address does nothing: without the button in the mail nothing is booked, and the request is erased after 48 hours.",
  privacyTitle: "Privacy",
  privacyIntro: "What this server keeps, and for how long.",
  readTitle: "When you read",
  read1:
    "No cookie, no tracker, no advertisement, and nothing is fetched from another server. A cookie is set only when you choose a language or a theme here, to remember that choice.",
  read2: "Logs hold neither IP addresses nor e-mail addresses.",
  read3:
    "Against floods of requests this server counts how often something is asked from one network, for a day at most and under a code that changes daily.",
  read4:
    "A form that is sent back to you with a sentence about what is wrong is kept for an hour, shown in your network alone, and forgotten once it is done.",
  takeTitle: "When you take part",
  take1:
    "Your e-mail address, what else you write in the form, your language and time zone: kept for the event that you join, shown to its organiser alone, and never published. Your name appears on the event’s page only if you ask for it.",
  take2: "A request that you do not confirm is erased after 48 hours.",
  take3:
    "{days, plural, =0 {Your address is erased as soon as the event is over.} one {Your address is erased # day after the event.} other {Your address is erased # days after the event.}} You can erase it yourself at any time, by the link in your mail.",
  take4: "Mails are forgotten 30 days after they were sent. They hold no pictures that report back.",
  commentTitle: "When you comment",
  comment1:
    "What you say under an event is public, with the name of your profile. It is sent to the servers of those whom you answer or name, and of whoever organises an event elsewhere.",
  comment2:
    "You can change or delete it at any time. Deleted, its words are erased here at once, and other servers are asked to erase them; whether they do is up to them.",
  discussTitle: "When you discuss in a group",
  discuss1:
    "What you write there is read by the group’s members, and those who come later read it too. Members who chose so get it by mail. Up to where you have read, nobody else learns.",
  discuss2:
    "You can delete each of your messages, and a moderator of the group can. Deleted, its words are erased at once; that something stood there remains to be seen. Delete your account, and all of them go.",
  shareTitle: "When you keep links in a group",
  share1:
    "What you put among a group’s resources is seen by its members, with your name. The page behind a link is read once by this server, not by your browser, to say here what it is called; a pad or a call is asked nothing.",
  share2:
    "You can delete what you put there, and a moderator of the group can. Delete your account, and your links go; a folder stays while others keep something in it, without your name.",
  organiseTitle: "When you organise",
  organiseLookup:
    "Only when you press “Look up this address” does this server send the address in the form to {host}, chosen by its host: no name, no account, and nothing of your browser goes along.",
  rightsTitle: "Your rights",
  rights:
    "You may ask what is kept about you, have it corrected or erased, and complain to your data protection authority.",
};

export default about;
