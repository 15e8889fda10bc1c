const staff = {
  tab: "Équipe",
  title: "L’équipe",
  text: "Qui accepte trouve l’événement dans son tableau de bord et peut y faire ce que permet son rôle. Vous seul·e pouvez supprimer l’événement et choisir l’équipe.",
  role_owner: "Organisation",
  role_organizer: "Coorganisation",
  role_moderator: "Modération",
  role_helper: "Accueil",
  hint_organizer:
    "Peut faire tout ce que vous faites, sauf supprimer l’événement et gérer cette page. Nommé sur la page de l’événement.",
  hint_moderator: "Décide des commentaires, et de rien d’autre.",
  hint_helper: "Voit les noms des personnes qui viennent, sans leurs adresses, et note leur arrivée.",
  none: "Personne ne vous aide encore pour cet événement.",
  since: "depuis le {date}",
  waits: "Pas encore de réponse. L’invitation expire le {date}.",
  remove: "Retirer de l’équipe",
  withdraw: "Retirer l’invitation",
  whom: "{action} : {name}",
  inviteTitle: "Inviter quelqu’un",
  who: "Identifiant ou adresse e-mail",
  whoHint: "@ada pour une personne qui a un profil ici, sinon son adresse. Elle reçoit un lien par e-mail, et décide.",
  as: "En tant que",
  invite: "Inviter",
  doneInvited: "L’invitation est en route.",
  doneRemoved: "C’est fait : cette personne ne fait plus partie de l’équipe.",
  doneLeft: "Vous ne faites plus partie de l’équipe de cet événement.",
  doneJoined: "Bienvenue dans l’équipe.",
  yours: "Vous aidez {organizer} pour cet événement : {role}.",
  leave: "Quitter l’équipe",
  with: "Avec {names}",
  waiting:
    "{count, plural, one {Vous êtes invité·e à aider pour un événement} other {Vous êtes invité·e à aider pour # événements}}",
  see: "Voir l’invitation",

  invitationTitle: "Aider pour « {name} » ?",
  invitationText: "{organizer} vous invite à participer à l’organisation de cet événement.",
  invitationAs: "En tant que",
  invitationFor: "L’invitation s’adresse à {handle}.",
  accept: "Accepter",
  decline: "Décliner",
  signInText:
    "Pour accepter, connectez-vous. Pas encore de compte ? Ouvrez-en un, puis suivez de nouveau le lien de l’e-mail.",
  accepted: "Vous avez accepté cette invitation.",
  openDesk: "Vers son tableau de bord",
  declinedTitle: "Invitation déclinée",
  declinedText: "L’invitation est effacée, et votre adresse avec elle.",
  deadTitle: "Cette invitation n’existe plus",
  deadText:
    "Elle a reçu une réponse, a été retirée, ou quatorze jours sont passés. Qui vous a invité·e peut le faire de nouveau.",

  mailSubject: "Coorganiser : {name}",
  mailTitle: "Voulez-vous aider pour cet événement ?",
  mailText: "{organizer} aimerait votre aide pour « {name} », en tant que : {role}.",
  mailButton: "Voir l’invitation",
  mailLife:
    "Le lien montre l’invitation ; rien ne se passe avant que vous n’y appuyiez sur un bouton. Il fonctionne jusqu’au {until}.",
};

export default staff;
