const invitation = {
  for: "L’invitation s’adresse à {whom}.",
  otherAddress:
    "Vous utilisez ici le compte de {own}. Déconnectez-vous, puis connectez-vous avec le compte de cette adresse, ou demandez une invitation à votre identifiant.",
  otherProfile:
    "Vous utilisez ici le compte de {own}. Déconnectez-vous, puis connectez-vous avec le compte auquel ce profil appartient.",
  signIn: "Pour accepter, connectez-vous.",
  account_open:
    "Pas encore de compte ? Ouvrez-en un avec l’adresse invitée : l’invitation vous attendra sur votre tableau de bord.",
  account_approval:
    "Pas encore de compte ? Demandez-en un avec l’adresse invitée. Qui tient ce serveur examine d’abord la demande ; une fois le compte ouvert, l’invitation vous attendra sur votre tableau de bord.",
  account_closed: "Ce serveur n’ouvre pas de nouveaux comptes.",
  mail_open: "Elle s’adresse à cette adresse e-mail. Sans compte sur {host}, vous pouvez en ouvrir un avec elle.",
  mail_approval:
    "Elle s’adresse à cette adresse e-mail. Sans compte sur {host}, vous pouvez en demander un avec elle : qui tient le serveur examine d’abord la demande, puis l’invitation vous attend.",
  mail_closed: "Elle s’adresse au compte que cette adresse a sur {host} ; le serveur n’en ouvre pas de nouveaux.",
};

export default invitation;
