import { z } from "zod";
import { whoInput } from "#lib/account/input.ts";

/** Whom to ask into a group: a handle of this server or another, or an e-mail address. */
export const groupInvitationInput = z.object({ who: whoInput });
