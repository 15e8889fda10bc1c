import type { Messages } from "../index.ts";
import about from "./about.ts";
import account from "./account.ts";
import accountMail from "./account-mail.ts";
import card from "./card.ts";
import category from "./category.ts";
import desk from "./desk.ts";
import discussion from "./discussion.ts";
import door from "./door.ts";
import event from "./event.ts";
import faults from "./faults.ts";
import federation from "./federation.ts";
import find from "./find.ts";
import group from "./group.ts";
import groupMail from "./group-mail.ts";
import invitation from "./invitation.ts";
import mail from "./mail.ts";
import moderation from "./moderation.ts";
import moderationMail from "./moderation-mail.ts";
import moving from "./moving.ts";
import notice from "./notice.ts";
import operator from "./operator.ts";
import participation from "./participation.ts";
import post from "./post.ts";
import refusals from "./refusals.ts";
import resource from "./resource.ts";
import site from "./site.ts";
import staff from "./staff.ts";
import talk from "./talk.ts";

const fr: Messages = {
  about,
  account,
  accountMail,
  card,
  category,
  desk,
  discussion,
  door,
  event,
  faults,
  federation,
  find,
  group,
  groupMail,
  invitation,
  mail,
  moderation,
  moderationMail,
  moving,
  notice,
  operator,
  participation,
  post,
  refusals,
  resource,
  site,
  staff,
  talk,
};

export default fr;
