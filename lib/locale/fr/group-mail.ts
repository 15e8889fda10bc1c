const groupMail = {
  invitationSubject: "Invitation : {group}",
  invitationTitle: "Voulez-vous rejoindre ce groupe ?",
  invitationText: "{person} vous invite à devenir membre de {group}.",
  invitationBare: "Vous êtes invité·e à devenir membre de {group}.",
  invitationButton: "Voir l’invitation",
  invitationElsewhere: "Avec un profil sur un autre serveur, demandez une invitation à son identifiant.",
  invitationLife:
    "Le lien montre l’invitation ; rien ne se passe avant que vous n’y appuyiez sur un bouton. Il fonctionne jusqu’au {until}.",
  requestSubject: "Demande : {group}",
  requestTitle: "Quelqu’un demande à rejoindre votre groupe",
  requestText: "{person} demande à devenir membre de {group}.",
  requestButton: "Répondre à la demande",
  requestsSubject: "Demandes : {group}",
  requestsTitle:
    "{count, plural, one {Quelqu’un demande à rejoindre votre groupe} other {# personnes demandent à rejoindre votre groupe}}",
  requestsText:
    "{count, plural, one {Une personne attend} other {# personnes attendent}} une réponse de {group}. Les demandes sont si nombreuses aujourd’hui qu’un seul message regroupe celles de six heures.",
  requestsButton: "Répondre aux demandes",
  answerSubject: "Réponse : {group}",
  answerTitle_member: "Vous êtes membre",
  answerTitle_rejected: "Votre demande a été refusée",
  answerTitle_removed: "Vous n’êtes plus membre",
  answerText_member: "Bienvenue : vous faites désormais partie de {group}, et voyez ce qui est réservé à ses membres.",
  answerText_rejected: "{group} n’a pas retenu votre demande. Ses événements publics vous restent ouverts comme avant.",
  answerText_removed: "{group} a mis fin à votre adhésion. Ses événements publics vous restent ouverts comme avant.",
  answerButton: "Vers la page du groupe",
  movedSubject: "Déménagé : {group}",
  movedTitle: "Votre groupe a déménagé",
  movedText:
    "{person} a changé d’adresse : c’est désormais {group}. Ce qui était prévu et dit reste où c’était et y continue ; le nouveau commence à la nouvelle adresse.",
  movedButton: "Vers la nouvelle page",
  moved_member: "Vous y êtes déjà membre.",
  moved_requested:
    "Nous y avons demandé votre entrée en votre nom. La réponse vient par e-mail ; si vous préférez ne pas y aller, retirez la demande sur la nouvelle page.",
  moved_invited: "On n’y devient membre que sur invitation : adressez-vous à qui l’administre.",
  moved_stranger: "Si vous voulez y entrer, ou le suivre, sa page montre comment.",
  closedSubject: "Fermé : {group}",
  closedTitle: "Ce groupe n’existe plus",
  closedText:
    "{group} a été fermé par les personnes qui l’administrent. Ses événements sont supprimés, et les personnes inscrites en sont averties. Vous n’avez rien à faire.",
  returnedSubject: "Vos places : {group}",
  returnedTitle:
    "{count, plural, one {Votre place a été rendue} many {Vos places ont été rendues} other {Vos places ont été rendues}}",
  returnedText:
    "Certains événements de {group} ne vous sont plus ouverts : {count, plural, one {votre place à l’un d’eux est de nouveau libre} many {vos places à # d’entre eux sont de nouveau libres} other {vos places à # d’entre eux sont de nouveau libres}}. Ce qui est public, et vos places là-bas, restent comme avant.",
  returnedButton: "Voir ce qui a lieu d’autre",
};

export default groupMail;
