/** What other servers show of ours. */
const federation = {
  cancelled: "CANCELLED:",
  moved: "MOVED:",
  online: "online",
  noteCancelled: "Called off: {name}, {when}.",
  noteReason: "The organiser says:",
  noteTime: "New date for {name}: {after} (it was {before}).",
  notePlace: "New place for {name}: {after} (it was {before}).",
  noteOnline: "{name} has a new address online: {after}",
  noteConfirmed: "{name} will take place: {when}.",
  noPlace: "not known",
};

export default federation;
