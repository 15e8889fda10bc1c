const accountMail = {
  from: "Ce courriel vient de {name}, {host}, au sujet d’un compte là-bas.",
  linkLife: "Le lien fonctionne une seule fois, jusqu’au {until}.",
  signInButton: "Se connecter",

  signUpSubject: "Confirmez votre adresse pour {host}",
  signUpTitle: "Un bouton, et le compte est à vous",
  signUpText:
    "Quelqu’un, sans doute vous, a demandé un compte sur {host} avec cette adresse. Son profil sera {handle}. Ouvrez la page ci-dessous et appuyez sur le bouton.",
  signUpButton: "Aller à la confirmation",
  signUpLife: "Le lien fonctionne jusqu’au {until}. Ensuite, la demande et cette adresse sont effacées.",

  knownSubject: "Vous avez déjà un compte sur {host}",
  knownTitle: "Vous avez déjà un compte",
  knownText:
    "Quelqu’un, sans doute vous, a saisi cette adresse sur {host} comme une nouvelle. Elle y a déjà un compte, et rien n’a changé.",
  knownAfter: "Mot de passe oublié\u202f? Cette page peut aussi vous envoyer un lien qui vous connecte sans lui.",

  approvedSubject: "Bienvenue sur {host}",
  approvedTitle: "Bienvenue",
  approvedText: "L’hôte de {host} a ouvert votre compte, {handle}.",
  approvedInvitation: "Vous avez une invitation à rejoindre {group} : connectez-vous par ce bouton pour la trouver.",

  rejectedSubject: "Votre demande à {host}",
  rejectedTitle: "Pas de compte cette fois",
  rejectedText: "L’hôte de {host} n’a pas ouvert le compte que vous demandiez. Ce que vous aviez écrit est effacé.",
  rejectedAfter: "Pour participer aux événements, il ne faut pas de compte\u202f: une adresse suffit.",

  signInSubject: "Connexion à {host}",
  signInTitle: "Connexion",
  signInText:
    "Quelqu’un, sans doute vous, a demandé à se connecter à {host} par courriel. Ouvrez la page et appuyez sur le bouton.",

  resetSubject: "Nouveau mot de passe pour {host}",
  resetTitle: "Choisissez un nouveau mot de passe",
  resetText:
    "Quelqu’un, sans doute vous, a demandé un nouveau mot de passe sur {host}. L’actuel reste valable tant que vous n’en choisissez pas un autre.",
  resetButton: "Choisir un mot de passe",

  addressSubject: "Confirmez votre adresse pour {host}",
  addressTitle: "Est-ce votre adresse\u202f?",
  addressText:
    "Cette adresse a été donnée pour le compte {handle} sur {host}. Ouvrez la page ci-dessous et appuyez sur le bouton\u202f; rien ne change avant.",
  addressButton: "Aller à la confirmation",

  noticeSubject: "Modifié sur votre compte\u202f: {what}",
  noticeTitle: "Quelque chose a changé",
  whatPassword: "mot de passe",
  whatAddress: "adresse",
  whatIdentity: "moyens de connexion",
  noticePassword:
    "Le mot de passe de votre compte {handle} sur {host} a changé. Toutes les connexions ouvertes ont été fermées.",
  noticeAddress: "Cette adresse est maintenant celle de votre compte {handle} sur {host}.",
  noticeRestored:
    "Cette adresse est de nouveau celle de votre compte {handle} sur {host}. Toutes les connexions ont été fermées, et le mot de passe ne fonctionne plus\u202f: choisissez-en un nouveau.",
  noticeIdentity:
    "Sur votre compte {handle} de {host}, une identité d’un autre service a été ajoutée ou retirée comme moyen de connexion.",
  noticeButton: "Voir mes réglages",
  noticeAfter:
    "C’était vous\u202f? Alors il n’y a rien à faire. Sinon, choisissez tout de suite un nouveau mot de passe.",

  changedAddressTitle: "Votre compte a une autre adresse",
  changedAddressText: "Le compte {handle} sur {host} a maintenant l’adresse {address}, et plus celle-ci.",
  changedAddressUndo:
    "Si ce n’était pas vous\u202f: la page ci-dessous rend le compte à cette adresse, ferme toutes les connexions et retire le mot de passe.",
  undoButton: "Annuler ce changement",

  deletedSubject: "Votre compte sur {host} est supprimé",
  deletedTitle: "Votre compte est supprimé",
  deletedText:
    "Votre compte sur {host} est fermé, et personne n’y est plus connecté. Vos événements sont retirés, et les personnes qui voulaient venir sont prévenues\u202f; vos places aux autres événements sont libres.",
  deletedAfter:
    "Cette adresse y est effacée sous un jour. Il reste que vos identifiants ont existé, pour que personne d’autre ne les prenne. C’est le dernier courriel.",
};

export default accountMail;
