const notice = {
  // Les messages à l’organisation
  requestsSubject:
    "{count, plural, one {# demande} many {# de demandes} other {# demandes}} : {name}{others, plural, =0 {} one { et un autre événement} many { et # d’autres événements} other { et # autres événements}}",
  requestsTitle:
    "{count, plural, one {Une personne demande à venir} many {# de personnes demandent à venir} other {# personnes demandent à venir}}",
  requestsText: "Votre réponse est attendue ; elle leur est envoyée par message.",
  requestsWho: "Qui demande",
  requestsSee: "Voir les demandes",
  requestsEntry: "{date} · {count, plural, one {# demande} many {# de demandes} other {# demandes}} : {names}",
  requestsStop: "Plus de messages sur les demandes",
  newcomersSubject:
    "{count, plural, other {# de plus}} : {name}{others, plural, =0 {} one { et un autre événement} many { et # d’autres événements} other { et # autres événements}}",
  newcomersTitle:
    "{count, plural, one {Une personne de plus vient} many {# de personnes de plus viennent} other {# personnes de plus viennent}}",
  newcomersText: "Depuis notre dernier message, et sans que vous ayez rien à faire :",
  newcomersWho: "Qui vient",
  newcomersSee: "Voir qui vient",
  newcomersEntry: "{date} · {count, plural, other {# de plus}} : {names}",
  newcomersStop: "Plus de messages sur les nouvelles participations",
  commentsSubject:
    "{count, plural, one {# commentaire} many {# de commentaires} other {# commentaires}} : {name}{others, plural, =0 {} one { et un autre événement} many { et # d’autres événements} other { et # autres événements}}",
  commentsTitle:
    "{count, plural, one {Un nouveau commentaire} many {# de nouveaux commentaires} other {# nouveaux commentaires}}",
  commentsText: "On a écrit sous un de vos événements. Lisez et répondez sur place.",
  commentsWho: "Qui a écrit",
  commentsSee: "Lire les commentaires",
  commentsEntry:
    "{date} · {count, plural, one {# commentaire} many {# de commentaires} other {# commentaires}} : {names}",
  commentsStop: "Plus de messages sur les commentaires",
  followedSubject:
    "{count, plural, one {Nouveau : {name}} many {# de nouveaux événements : {name}} other {# nouveaux événements : {name}{others, plural, =0 {} one { et un autre} many { et # d’autres} other { et # autres}}}}",
  followedTitle:
    "{count, plural, one {Un nouvel événement} many {# de nouveaux événements} other {# nouveaux événements}}",
  followedText: "Publiés par les personnes et les groupes que vous suivez :",
  followedWho: "Organisation",
  followedSee: "Voir l’événement",
  followedEntry: "{date} · {names}",
  followedStop: "Plus de messages sur les nouveaux événements",
  followedFrom: "Ce message vient de {server}, où vous suivez quelqu’un.",
  followedDesk: "Qui vous suivez",
  postsSubject:
    "{count, plural, one {Nouveau : {name}} many {# de nouveaux billets : {name}} other {# nouveaux billets : {name}{others, plural, =0 {} one { et un autre} many { et # d’autres} other { et # autres}}}}",
  postsTitle: "{count, plural, one {Un nouveau billet} many {# de nouveaux billets} other {# nouveaux billets}}",
  postsText: "De groupes que vous suivez ou dont vous êtes membre :",
  postsWhen: "Publié",
  postsWho: "Groupe",
  postsSee: "Lire le billet",
  postsEntry: "{date} · {names}",
  postsStop: "Plus de messages sur les nouveaux billets",
  postsFrom: "Ce message vient de {server}, où vous suivez un groupe ou en êtes membre.",
  nobody: "une personne sans nom",
  more: "{count, plural, one {une autre} many {# d’autres} other {# autres}}",
  desk: "Ouvrir votre espace",
  from: "Ce message vient de {server}, où vous organisez ou aidez.",
  settings: "Choisir la fréquence de nos messages",

  // /settings/notifications
  title: "Notifications",
  intro: "Les messages que vous recevez, et à quel rythme. Ils vont tous à {address}.",
  zone: "Ceux de chaque jour partent à 08:00, ceux de chaque semaine le lundi à 08:00, à l’heure de {zone} ; elle se change sous « {page} ».",
  participant: "Quand vous participez",
  participantText: "Si la date ou le lieu change, ou si un événement est annulé, un message vous le dit toujours.",
  "reminder-week": "Une semaine avant l’événement",
  "reminder-day": "La veille",
  "reminder-morning": "Le matin même, à 08:00",
  reminders: "Me le rappeler",
  organizer: "Quand vous organisez ou aidez",
  organizerText: "Plusieurs événements tiennent dans un message. Vous n’apprenez que ce que votre rôle permet de voir.",
  requests: "Nouvelles demandes",
  newcomers: "Nouvelles participations",
  comments: "Nouveaux commentaires",
  follower: "Quand vous suivez quelqu’un, ou êtes membre d’un groupe",
  followerText: "Ce que publient les personnes et les groupes, ici ou sur d’autres serveurs.",
  followed: "Nouveaux événements de qui vous suivez",
  posts: "Nouveaux billets des groupes que vous suivez, ou dont vous êtes membre",
  discussions: "Nouveaux messages des discussions",
  off: "Jamais",
  "at-once": "Aussitôt",
  hourly: "Chaque heure",
  daily: "Chaque jour",
  weekly: "Chaque semaine",
  invitationsTitle: "Quand quelqu’un s’adresse à vous",
  invitations: "On m’invite à aider pour un événement, ou dans un groupe",
  invitationsHint: "Sans message, vous les trouvez dans votre espace.",
  mentions: "On me nomme dans un commentaire sous un événement",
  mentionsHint: "Dans les discussions de vos groupes, vous le savez aussitôt, sauf si vous y avez choisi « Jamais ».",

  // Ce qu’arrête le lien d’un message
  "stop_reminder-week": "Rappels une semaine avant",
  "stop_reminder-day": "Rappels la veille",
  "stop_reminder-morning": "Rappels le matin même",
  stop_requests: "Messages sur les nouvelles demandes",
  stop_newcomers: "Messages sur les nouvelles participations",
  stop_comments: "Messages sur les nouveaux commentaires",
  stop_followed: "Messages sur les nouveaux événements des personnes et groupes suivis",
  stop_posts: "Messages sur les nouveaux billets des groupes",
  stop_discussions: "Messages sur les discussions",
  stop_invitations: "Invitations par message",
  stop_mentions: "Messages quand on vous nomme dans un commentaire",
  stopIntro:
    "Ces messages vont à votre compte sur {host}. Tout le reste, et à quel rythme, se choisit dans vos réglages.",
  stopButton: "Ne plus en recevoir",
  stopped: "Vous n’en recevez plus.",
  going: "Vous les recevez, au rythme choisi dans vos réglages.",
  stopReminders: "Plus de rappels de ce genre",
  stopInvitations: "Plus d’invitations par message",

  // Quelqu’un est nommé sous un événement
  namedSubject: "{who} vous nomme : {name}",
  namedText: "Un commentaire sous cet événement vous nomme.",
  namedWho: "{who} écrit :",
  namedButton: "Lire et répondre",
  namedFrom: "Ce message vient de {server}, où quelqu’un vous a nommé·e.",
  namedStop: "Plus de messages quand on vous nomme dans un commentaire",

  // Un groupe d’un autre serveur a retiré un événement
  takenOutSubject: "Retiré : {name}",
  takenOutTitle: "Votre événement n’est plus celui du groupe",
  takenOutText: "{group} a retiré votre événement {name} des siens : il est désormais le vôtre.",
  takenOutAfter: "Sa page et les personnes inscrites restent, à votre nom.",
  takenOutInner:
    "Il était réservé aux membres de ce groupe, ou à qui le suit : pour l’instant, personne d’autre ne le trouve. Modifiez-le pour dire à qui il s’adresse.",
  takenOutButton: "Ouvrir l’événement",
  refusedSubject: "Non retenu : {name}",
  refusedTitle: "Le groupe n’a pas retenu votre événement",
  refusedText:
    "{group} n’a pas retenu ce qui lui a été envoyé en dernier de votre événement {name} : il n’y est pas montré comme celui du groupe.",
  refusedAfter:
    "Ici, il reste, avec sa page et les personnes inscrites. Si vous le modifiez, il est envoyé de nouveau.",
  removedSubject: "Supprimé : {name}",
  removedTitle: "Votre événement a été supprimé",
  removedText: "Quelqu’un de {group} a supprimé l’événement {name}, que vous aviez créé pour le groupe.",
  removedAfter: "Les personnes inscrites en sont averties. Demandez au groupe si vous voulez savoir pourquoi.",

  // Si le courrier d’un compte arrive
  bounced: "Les messages à votre adresse reviennent",
  bouncedText:
    "Le serveur de {address} a refusé définitivement un de nos messages : nous n’y envoyons plus rien. Changez d’adresse, ou, si la boîte fonctionne de nouveau, laissez-nous réessayer.",
  silenced: "Vous ne vouliez plus de messages",
  silencedText:
    "Comme demandé, {address} ne reçoit rien de ce serveur : ni rappels, ni changements, ni liens de connexion.",
  mailAgain: "Y envoyer de nouveau des messages",
  changeAddress: "Changer d’adresse",
  doneAgain: "Les messages vont de nouveau à votre adresse.",
};

export default notice;
