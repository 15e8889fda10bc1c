const mail = {
  // La forme d’une lettre
  labelled: "{label} : {value}",
  lead: "{label} :",
  before: "Avant",
  now: "Maintenant",
  when: "Quand",
  where: "Où",
  online: "En ligne",
  organizer: "Organisation",
  status: "État",
  places: "Places",
  zoned: "{date} ({zone})",
  placesYou: "{guests, plural, =0 {Vous} one {Vous et une autre personne} other {Vous et # autres personnes}}",
  placeLater: "L’organisation envoie l’adresse dès que vous avez une place",
  placeNone: "Pas encore indiqué",
  onlineNone: "Pas encore d’adresse",
  onlineLater: "Vous recevez l’adresse dès que vous avez une place",
  statusTentative: "Pas encore certain",
  statusConfirmed: "A bien lieu",
  statusCancelled: "Annulé",
  moreChanges: "Un changement de programme ? Vous pouvez rendre votre place sur cette page à tout moment.",
  server: "{name} ({host})",
  from: "Ce message vient de {server}, où cette adresse a été donnée pour cet événement.",
  fromAccount: "Ce message vient de {server}, à l’adresse de votre compte.",
  fromYou: "Ce message vient de {server}, où il a été demandé avec cette adresse.",
  notYou: "Ce n’est pas vous ? Ignorez ce message : il ne se passera rien.",
  stopServer: "Plus aucun message de ce serveur",
  stopEvent: "Plus de messages sur cet événement",
  seeEvent: "La page de l’événement",
  changeParticipation: "Voir, modifier ou annuler",
  calendarAttached:
    "L’entrée d’agenda est jointe. Si la date, le lieu ou l’état changent, nous vous écrivons et l’envoyons à nouveau.",
  calendarUpdated: "L’entrée d’agenda jointe remplace celle que vous avez.",
  calendarCancelled: "L’entrée d’agenda jointe retire la date de votre agenda.",
  message: "Un mot de l’organisation :",

  confirmSubject: "À confirmer : {name}, {date}",
  confirmTitle: "Un bouton, et c’est noté",
  confirmRequestTitle: "Un bouton, et votre demande part",
  confirmText:
    "Quelqu’un, sans doute vous, a demandé avec cette adresse à participer à « {name} ». Rien n’est encore réservé : ouvrez la page ci-dessous et appuyez sur le bouton.",
  confirmButton: "Aller à la confirmation",
  confirmLife: "Le lien fonctionne jusqu’au {date} ({zone}). Ensuite, la demande et cette adresse sont effacées.",

  alreadySubject: "Votre place : {name}, {date}",
  alreadyTitle: "Votre inscription existe déjà",
  alreadyAccepted: "Vous participez à « {name} » : votre place est réservée. Rien n’a changé.",
  alreadyPending: "Votre demande pour « {name} » attend la réponse de l’organisation. Rien n’a changé.",
  alreadyWaitlisted: "Vous êtes sur la liste d’attente de « {name} ». Rien n’a changé.",
  alreadyOther: "Cette adresse est connue pour « {name} ». La page ci-dessous dit ce qu’il en est.",

  receiptSubject: "C’est noté : {name}, {date}",
  receiptTitle: "C’est noté",
  receiptText: "Votre place à « {name} » est réservée.",

  addedText: "{organizer} a mis votre nom sur la liste de «\u202f{name}\u202f»\u202f: une place vous est gardée.",

  requestedSubject: "Demande envoyée : {name}",
  requestedTitle: "Votre demande est transmise",
  requestedText:
    "Vous avez demandé à participer à « {name} ». L’organisation décide ; nous vous écrivons dans tous les cas.",
  waitlistedSubject: "Sur liste d’attente : {name}",
  waitlistedTitle: "Vous êtes sur la liste d’attente",
  waitlistedText: "Toutes les places de « {name} » sont prises. Dès que l’une d’elles est à vous, nous vous écrivons.",

  approvedSubject: "Demande acceptée : {name}",
  approvedTitle: "Demande acceptée",
  approvedText: "L’organisation a accepté votre demande : votre place à « {name} » est réservée.",
  promotedSubject: "Une place pour vous : {name}",
  promotedTitle: "Une place pour vous",
  promotedText: "Une place s’est libérée à « {name} », et elle est à vous.",
  promotedHint: "Vous ne pouvez plus venir ? Rendez-la sur cette page, pour que la personne suivante en profite.",

  offeredSubject: "Une place pour vous jusqu’au {date} : {name}",
  offeredTitle: "Une place pour vous, si vous la voulez",
  offeredText:
    "Une place s’est libérée à « {name} », et c’est votre tour. Elle vous est gardée jusqu’au {date} ({zone}).",
  offeredPlaces:
    "Des places se sont libérées à « {name} », et c’est votre tour : {places, plural, one {# place vous est gardée} many {# de places vous sont gardées} other {# places vous sont gardées}} jusqu’au {date} ({zone}).",
  offeredButton: "La garder ou la rendre",
  offeredHint: "Un bouton suffit, sur cette page. Sans réponse, la place va à la personne suivante.",

  expiredSubject: "La place est passée à quelqu’un d’autre : {name}",
  expiredTitle: "La place est allée à la personne suivante",
  expiredText:
    "Une place à « {name} » vous était gardée, et le temps de la confirmer est passé. Vous n’êtes plus sur la liste.",
  expiredBack: "S’inscrire de nouveau",

  reminderSubject: "{day, select, today {Aujourd’hui} other {Demain}} : {name}, {time}",
  reminderSubjectDay: "{day, select, today {Aujourd’hui} other {Demain}} : {name}",
  reminderSubjectWeek: "Dans une semaine : {name}, {date}",
  reminderTitle: "{day, select, today {C’est aujourd’hui} week {C’est dans une semaine} other {C’est demain}}",
  reminderText:
    "{day, select, today {« {name} » a lieu aujourd’hui, et vous avez dit que vous veniez.} week {« {name} » a lieu dans une semaine, et vous avez dit que vous veniez.} other {« {name} » a lieu demain, et vous avez dit que vous veniez.}}",
  reminderHint:
    "Vous ne pouvez finalement pas venir ? Rendez votre place sur cette page, pour que quelqu’un d’autre en profite. Les rappels s’y désactivent aussi.",

  announcementSubject: "{name} : {subject}",
  announcementText: "{organizer} écrit aux personnes qui participent à « {name} » :",

  rejectedSubject: "Demande refusée : {name}",
  rejectedTitle: "Pas de place cette fois",
  rejectedText: "L’organisation n’a pas pu vous donner de place à « {name} ».",
  rejectedHint: "Peut-être y a-t-il autre chose pour vous :",
  otherEvents: "Autres événements",

  leftSubject: "Participation annulée : {name}",
  leftTitle: "Participation annulée",
  leftText: "Vous ne participez plus à « {name} » et n’en recevrez plus de nouvelles.",
  leftBack: "Vous changez d’avis ? Inscrivez-vous à nouveau",

  linksSubject: "Vos participations sur {host}",
  linksTitle: "Vos participations",
  linksText:
    "{count, plural, one {Cette adresse participe à un événement ici. Son lien permet de voir, de modifier et d’annuler.} other {Cette adresse participe à # événements ici. Les liens permettent de voir, de modifier et d’annuler.}}",
  linksEntry: "{date} · {state}",
  linksKeep: "Qui détient ces liens peut agir à votre place : gardez-les pour vous.",
  linksLabel: "Ma participation",
  stateUnconfirmed: "attend votre confirmation",
  statePending: "attend l’organisation",
  stateAccepted: "vous venez",
  stateTentative: "peut-être",
  stateWaitlisted: "sur liste d’attente",
  stateRejected: "demande refusée",
  stateLeft: "vous ne venez pas",

  changedSubject: "Modifié : {name}, {date}",
  changedTitle: "Il y a du changement",
  changedText: "L’organisation a modifié « {name} ». Avant et maintenant :",
  changedAll: "Le reste ne change pas :",

  cancelledSubject: "Annulé : {name}, {date}",
  cancelledTitle: "Annulé",
  cancelledText: "« {name} » n’a pas lieu : l’organisation l’a annulé. Vous n’avez rien à faire.",

  deletedSubject: "Supprimé : {name}, {date}",
  deletedTitle: "Supprimé",
  deletedText: "L’organisation a supprimé « {name} » de {host}. Considérez que l’événement n’a pas lieu.",

  fromHost: "Envoyé par {server}, à la demande de son hébergeur.",
  testSubject: "Essai depuis {host}",
  testTitle: "Le courrier fonctionne",
  testText: "{name} peut envoyer du courrier. Ce message ne sert à rien d’autre.",

  // /unsubscribe
  stopTitle: "Messages sur « {name} »",
  stopTitleGone: "Messages de ce serveur",
  stopIntro: "Choisissez ici ce que {host} peut encore écrire à l’adresse qui a reçu ce lien.",
  stopEventButton: "Plus de messages sur cet événement",
  stopEventHint:
    "Ni changements ni annulation non plus. Votre place reste à vous ; seul ce que vous demandez vous-même est encore envoyé.",
  stopServerButton: "Plus aucun message de ce serveur",
  stopServerHint:
    "Pour tous les événements d’ici, sans limite. Plus personne ne pourra alors s’inscrire avec cette adresse, puisqu’il faut un message pour cela. Ce lien permet de revenir en arrière.",
  allowButton: "Autoriser à nouveau les messages",
  stoppedEvent: "Vous ne recevez plus de messages sur cet événement.",
  stoppedServer: "Cette adresse ne reçoit plus aucun message de ce serveur.",
  stoppedBounce: "Les messages à cette adresse reviennent : plus rien ne lui est envoyé.",
  allowed: "Vous recevez les messages sur cet événement : confirmations, changements, annulation.",
  stopErased: "L’adresse a été effacée ici : aucun message ne peut lui être envoyé.",

  // /mailbox
  mailboxTitle: "Courrier",
  mailboxIntro:
    "Ce serveur n’envoie pas de courrier : ce qu’il enverrait est gardé ici. Démonstration et développement seulement.",
  mailboxEmpty: "Pas encore de courrier. Participez à un événement : la confirmation arrive ici en quelques secondes.",
  mailboxTo: "À {address}",
  mailboxHeaders: "En-tête",
  mailboxText: "Texte",
  mailboxHtml: "Ouvrir la partie HTML",
  mailboxRaw: "Télécharger le message entier (.eml)",
  mailboxAttachments: "Pièces jointes",
  mailboxBack: "Tout le courrier",
  mailboxSize: "{kilobytes, number} Ko",
};

export default mail;
