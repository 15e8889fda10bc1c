const moderationMail = {
  reportSubject: "Report: {thing}",
  reportTitle: "Somebody asks you to look at something",
  reportText_event: "The event {name} was reported.",
  reportText_comment: "A comment was reported: {name}",
  reportText_post: "The post {name} was reported.",
  reportText_message: "A message among the members of {name} was reported.",
  reportText_actor: "The profile of {name} was reported.",
  reportButton: "See the report",
  reportOthers: "{count, plural, one {One other report waits} other {# other reports wait}}.",
  aboutSubject: "About {name}",
  aboutTitle_hide: "This is no longer shown",
  aboutTitle_show: "This is shown again",
  aboutTitle_erase: "This was deleted",
  aboutTitle_suspend: "Your profile is suspended",
  aboutTitle_restore: "Your profile is back",
  aboutText_hide_event: "Those who run {host} looked at a report about your event {name} and have hidden it.",
  aboutText_hide_comment: "Those who run {host} looked at a report about what you wrote and have hidden it: {name}",
  aboutText_hide_post:
    "Those who run {host} looked at a report about {name}, a post of your group, and have hidden it.",
  aboutText_show_event: "Those who run {host} show your event {name} again.",
  aboutText_show_comment: "Those who run {host} show again what you wrote: {name}",
  aboutText_show_post: "Those who run {host} show {name}, a post of your group, again.",
  aboutText_erase:
    "Those who run {host} looked at a report about a message of yours among the members of {name} and have deleted it.",
  aboutText_suspend:
    "Those who run {host} looked at a report about {name} and have suspended this profile: its page and its events are no longer shown there, and it cannot act.",
  aboutText_restore: "Those who run {host} have restored {name}: its page and its events are shown as before.",
  aboutButton: "Who runs {host}",
  aboutAfter: "If you think that this is a mistake, tell them: the page above says how to reach them.",
};

export default moderationMail;
