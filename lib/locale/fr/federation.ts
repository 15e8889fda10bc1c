/** What other servers show of ours. */
const federation = {
  cancelled: "ANNULÉ :",
  moved: "DÉPLACÉ :",
  online: "en ligne",
  noteCancelled: "Annulé : {name}, {when}.",
  noteReason: "Le mot de l’organisation :",
  noteTime: "Nouvelle date pour {name} : {after} (avant : {before}).",
  notePlace: "Nouveau lieu pour {name} : {after} (avant : {before}).",
  noteOnline: "Nouvelle adresse en ligne pour {name} : {after}",
  noteConfirmed: "{name} aura bien lieu : {when}.",
  noPlace: "inconnu",
};

export default federation;
