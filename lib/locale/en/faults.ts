const faults = {
  refused: "That did not work",
  formGone: "It is not there any more, or you may no longer change it.",
  typed: "What you had typed",
  typedText: "It was not saved. Take it along before you leave this page.",
  title: "Something went wrong here",
  text: "It is our fault, not yours. If you tell the people who run this server, quote {id}.",
  awayTitle: "Back in a moment",
  away: "The server is catching its breath. Nothing is lost; please try again in half a minute.",
  back: "To the events",
};

export default faults;
