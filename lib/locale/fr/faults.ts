const faults = {
  refused: "Cela n’a pas fonctionné",
  title: "Quelque chose s’est mal passé ici",
  text: "C’est notre faute, pas la vôtre. Si vous en parlez aux personnes qui tiennent ce serveur, citez {id}.",
  awayTitle: "De retour dans un instant",
  away: "Le serveur reprend son souffle. Rien n’est perdu : réessayez dans une demi-minute.",
  back: "Vers les événements",
};

export default faults;
