const groupMail = {
  invitationSubject: "Invitation: {group}",
  invitationTitle: "Will you join this group?",
  invitationText: "{person} invites you to become a member of {group}.",
  invitationBare: "You are invited to become a member of {group}.",
  invitationButton: "See the invitation",
  invitationElsewhere: "With a profile on another server, ask to be invited by its handle.",
  invitationLife:
    "The link shows the invitation; nothing happens before you press a button there. It works until {until}.",
  requestSubject: "Request: {group}",
  requestTitle: "Somebody asks to join your group",
  requestText: "{person} asks to become a member of {group}.",
  requestButton: "Answer the request",
  requestsSubject: "Requests: {group}",
  requestsTitle: "{count, plural, one {Somebody asks to join your group} other {# people ask to join your group}}",
  requestsText:
    "{count, plural, one {One person waits} other {# people wait}} for an answer of {group}. So many have asked today that you get one mail for all who ask within six hours.",
  requestsButton: "Answer the requests",
  answerSubject: "Answer: {group}",
  answerTitle_member: "You are a member",
  answerTitle_rejected: "Your request was declined",
  answerTitle_removed: "You are no longer a member",
  answerText_member: "Welcome: from now on you belong to {group}, and see what is for its members.",
  answerText_rejected: "{group} does not take you in as a member. Its public events are as open to you as before.",
  answerText_removed: "{group} has ended your membership. Its public events are as open to you as before.",
  answerButton: "To the group’s page",
  movedSubject: "Moved: {group}",
  movedTitle: "Your group has moved",
  movedText:
    "{person} has moved to another address: it is {group} from now on. What was planned and said before stays where it was, and goes on there; new things begin at the new address.",
  movedButton: "To the new page",
  moved_member: "You are a member there already.",
  moved_requested:
    "We have asked in your name to let you in there. The answer comes by mail; if you would rather not, take the request back on the new page.",
  moved_invited: "Only who is invited becomes a member there: ask somebody who looks after it.",
  moved_stranger: "If you wish to belong to it there, or to follow it, its page shows how.",
  closedSubject: "Closed: {group}",
  closedTitle: "This group is no more",
  closedText:
    "{group} was closed by those who look after it. Its events are removed, and whoever takes part is told. There is nothing that you need to do.",
  returnedSubject: "Your places: {group}",
  returnedTitle: "{count, plural, one {Your place was given back} other {Your places were given back}}",
  returnedText:
    "Some events of {group} are no longer open to you, so {count, plural, one {your place at one of them is} other {your places at # of them are}} free for others again. What is public, and your places there, stay as they are.",
  returnedButton: "See what else is on",
};

export default groupMail;
