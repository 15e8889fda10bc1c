const door = {
  tab: "Check-in",
  title: "Check-in",
  text: "Names and seats, to tick off at the door. Addresses and answers are for those who organise.",
  here: "{here, plural, =0 {Nobody is here yet} one {# is here} other {# are here}}, of {expected, number} expected.",
  search: "Search by name",
  searchAll: "Search by name or address",
  all: "Show everybody",
  checkIn: "Check in",
  checkedIn: "Checked in {time}",
  undo: "Undo",
  undoFor: "Undo: {name}",
  notExpected: "Not expected",
  stands: "On the list as: {state}",
  unknown: "This code is of nobody on this list.",
  nobody: "Nobody is expected yet.",
  codeTitle: "At the door",
  codeText: "Show this code to whoever lets you in. It says nothing to anybody else.",
  code: "The code of your place",
};

export default door;
