const card = {
  cancelled: "Cancelled",
  cancelledShort: "Off",
  tentative: "Date to be confirmed",
  full: "Full",
  fullWaiting: "Full: waiting list",
  onRequest: "On request",
  online: "Online",
  placeAndOnline: "{place} and online",
  now: "Now",
  nowUntil: "Now, {unit, select, day {until {end}} other {until {end}}}",
  until: "{unit, select, day {until {end}} other {until {end}}}",
  allDay: "All day",
};

export default card;
