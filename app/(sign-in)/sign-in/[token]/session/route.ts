import { z } from "zod";
import { signInByToken } from "#lib/account/sign-in/commands.ts";
import { signInPath } from "#lib/urls.ts";
import { tokenDoor } from "../../../token-door.ts";

export const POST = tokenDoor(z.object({}), signInPath, async (db, token, _, doorstep) => ({
  session: await signInByToken(db, token, doorstep),
  location: "/",
}));
