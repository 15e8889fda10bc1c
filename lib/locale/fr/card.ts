const card = {
  cancelled: "Annulé",
  cancelledShort: "Annulé",
  tentative: "Date à confirmer",
  full: "Complet",
  fullWaiting: "Complet : liste d’attente",
  onRequest: "Sur demande",
  online: "En ligne",
  placeAndOnline: "{place} et en ligne",
  now: "En cours",
  nowUntil: "En cours, {unit, select, day {jusqu’au {end}} other {jusqu’à {end}}}",
  until: "{unit, select, day {jusqu’au {end}} other {jusqu’à {end}}}",
  allDay: "Journée",
};

export default card;
