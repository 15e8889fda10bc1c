const site = {
  skip: "Aller au contenu",
  search: "Chercher",
  calendar: "Calendrier",
  signIn: "Connexion",
  about: "À propos de ce serveur",
  language: "Langue",
  theme: "Thème",
  themeSystem: "Système",
  themeLight: "Clair",
  themeDark: "Sombre",
  apply: "Appliquer",
  mailbox: "Courrier",
  source: "Parvis est un logiciel libre : code source",
  help: "Aide",
  home: "Tous les événements",
  navigation: "Principale",
};

export default site;
