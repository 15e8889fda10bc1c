const door = {
  tab: "Accueil",
  title: "Accueil",
  text: "Les noms et les places, à cocher à l’entrée. Adresses et réponses sont réservées à l’organisation.",
  here: "{here, plural, =0 {Personne n’est encore là} one {# personne est là} other {# personnes sont là}}, sur {expected, number} attendues.",
  search: "Chercher par nom",
  searchAll: "Chercher par nom ou adresse",
  all: "Voir tout le monde",
  checkIn: "Noter l’arrivée",
  checkedIn: "Sur place depuis {time}",
  undo: "Annuler",
  undoFor: "Annuler : {name}",
  notExpected: "Pas de place réservée",
  stands: "Sur la liste : {state}",
  unknown: "Ce code ne correspond à personne sur cette liste.",
  nobody: "Personne n’est encore attendu.",
  codeTitle: "À l’entrée",
  codeText: "Montrez ce code à la personne qui vous accueille. Il ne dit rien à personne d’autre.",
  code: "Le code de votre place",
};

export default door;
