const moving = {
  title: "Move to another server",
  lead: "A group can live on elsewhere, with its members and followers. Both sides have to say so: the new group that it was this one, and this one where it is.",

  awayTitle: "Moving away from here",
  awayFound: "On the other server, somebody of you founds the group anew, with its name, pictures and rules.",
  awayName:
    "There, they say that it was this one. On a Parvis that is done in the settings, under “{title}”, with the address",
  awayHere: "Here, you enter the new address. Nothing happens yet: you are told first what follows.",
  awayField: "Address of the new group",
  addressHint: "@name@server.example, or the address of its page.",
  awayButton: "See what follows",

  hereTitle: "It was on another server before",
  hereText:
    "Enter the address that the group had there. This moves nobody yet: it lets the group there lead its people here.",
  hereRule:
    "Its members then ask to join by this group’s own rule, which is now: {openness}. If they are many, it may be easier to let everybody in for those days.",
  hereRuleOpen: "Its members then come in by this group’s own rule, which is now: {openness}.",
  hereField: "Address of the former group",
  hereButton: "This is what it was",
  hereList: "This group was:",
  remove: "Remove",
  removeOf: "Remove {address}",

  confirmTitle: "Move to {address}?",
  confirmLead: "The new group says that it was this one. This is what follows:",
  over: "What goes over",
  followers:
    "{count, plural, =0 {Nobody follows this group.} one {One follower: if their server understands it, they follow the new group without doing anything.} other {# followers: whoever’s server understands it follows the new group without doing anything.}}",
  understands: "Parvis and Mastodon understand it, Mobilizon does not.",
  members:
    "{count, plural, one {One member is told, and asks to join there.} other {# members are told, and ask to join there.}} The new group decides who comes in, and gives roles anew.",
  rule: "Its rule is: {openness}.",
  ruleNone: "It takes no members in this way: they are told where to follow it.",
  stays: "What stays here",
  events:
    "{count, plural, =0 {No event is ahead.} one {One event ahead goes on here with those who take part, and can still be changed and called off.} other {# events ahead go on here with those who take part, and can still be changed and called off.}}",
  words: "Discussions, posts and links can be read here by whoever could read them.",
  address: "The address {address} stays this group’s, and its page leads to the new one.",
  ends: "What is no more",
  nothingNew:
    "Nothing new begins here: no events, posts, discussions, messages or links, no invitations, members or followers. Drafts stay drafts; what is scheduled appears as planned.",
  listed: "The group is no longer in this server’s list of groups.",
  back: "You can take the move back, and go on here. Whoever has gone over by then stays there: nobody can call them back.",
  button: "Move the group",
  stay: "Stay here",

  noticeTitle: "{name} has moved",
  noticeText: "From now on it is at",
  fromHere: "See it from here",
  noticeHere: "What was planned here goes on here; what is new is there.",
  mark: "Has moved",
  since: "It moved on {date}.",
  backTitle: "Take the move back",
  backText: "New things can begin here again, and other servers are told. Whoever has gone over stays there.",
  backButton: "Take it back",
  closeInstead: "If the group is to live on elsewhere, move it before: its people are led over.",

  doneFormer: "Saved. The group there can now lead its people here.",
  doneForgotten: "Removed.",
  doneMoved: "The group has moved. Its people are being led over, and its members here are told by mail.",
  doneBack: "The move is taken back. New things can begin here again.",
};

export default moving;
