const faults = {
  refused: "Cela n’a pas fonctionné",
  formGone: "Cela n’existe plus, ou vous n’avez plus le droit d’y toucher.",
  typed: "Ce que vous aviez écrit",
  typedText: "Rien n’en a été enregistré. Copiez-le avant de quitter cette page.",
  title: "Quelque chose s’est mal passé ici",
  text: "C’est notre faute, pas la vôtre. Si vous en parlez aux personnes qui tiennent ce serveur, citez {id}.",
  awayTitle: "De retour dans un instant",
  away: "Le serveur reprend son souffle. Rien n’est perdu : réessayez dans une demi-minute.",
  back: "Vers les événements",
};

export default faults;
