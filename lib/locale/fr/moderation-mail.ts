const moderationMail = {
  reportSubject: "Signalement\u202f: {thing}",
  reportTitle: "On vous demande de regarder quelque chose",
  reportText_event: "L’événement {name} a été signalé.",
  reportText_comment: "Un commentaire a été signalé\u202f: {name}",
  reportText_post: "Le billet {name} a été signalé.",
  reportText_message: "Un message entre les membres de {name} a été signalé.",
  reportText_actor: "Le profil de {name} a été signalé.",
  reportButton: "Voir le signalement",
  reportOthers:
    "{count, plural, one {Un autre signalement attend} many {# d’autres signalements attendent} other {# autres signalements attendent}}.",
  aboutSubject: "À propos de {name}",
  aboutTitle_hide: "Ceci n’est plus affiché",
  aboutTitle_show: "Ceci est de nouveau affiché",
  aboutTitle_erase: "Ceci a été supprimé",
  aboutTitle_suspend: "Votre profil est suspendu",
  aboutTitle_restore: "Votre profil est rétabli",
  aboutText_hide_event: "L’équipe de {host} a examiné un signalement au sujet de votre événement {name} et l’a masqué.",
  aboutText_hide_comment:
    "L’équipe de {host} a examiné un signalement au sujet de ce que vous avez écrit et l’a masqué\u202f: {name}",
  aboutText_hide_post:
    "L’équipe de {host} a examiné un signalement au sujet de {name}, un billet de votre groupe, et l’a masqué.",
  aboutText_show_event: "L’équipe de {host} affiche de nouveau votre événement {name}.",
  aboutText_show_comment: "L’équipe de {host} affiche de nouveau ce que vous avez écrit\u202f: {name}",
  aboutText_show_post: "L’équipe de {host} affiche de nouveau {name}, un billet de votre groupe.",
  aboutText_erase:
    "L’équipe de {host} a examiné un signalement au sujet d’un message que vous avez écrit entre les membres de {name} et l’a supprimé.",
  aboutText_suspend:
    "L’équipe de {host} a examiné un signalement au sujet de {name} et a suspendu ce profil\u202f: sa page et ses événements n’y sont plus affichés, et il ne peut plus agir.",
  aboutText_restore: "L’équipe de {host} a rétabli {name}\u202f: sa page et ses événements sont affichés comme avant.",
  aboutButton: "Qui gère {host}",
  aboutAfter:
    "Si vous pensez qu’il s’agit d’une erreur, dites-le-lui\u202f: la page ci-dessus indique comment la joindre.",
};

export default moderationMail;
