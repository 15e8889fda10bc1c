const site = {
  skip: "Skip to the content",
  search: "Search",
  calendar: "Calendar",
  signIn: "Sign in",
  about: "About this server",
  language: "Language",
  theme: "Theme",
  themeSystem: "System",
  themeLight: "Light",
  themeDark: "Dark",
  apply: "Apply",
  mailbox: "Mailbox",
  source: "Parvis is free software: source code",
  help: "Help",
  home: "All events",
  navigation: "Main",
};

export default site;
