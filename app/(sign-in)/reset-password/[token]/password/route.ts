import { z } from "zod";
import { passwordInput } from "#lib/account/input.ts";
import { resetPassword } from "#lib/account/recovery/commands.ts";
import { resetPath } from "#lib/urls.ts";
import { tokenDoor } from "../../../token-door.ts";

export const POST = tokenDoor(
  z.object({ password: passwordInput }),
  resetPath,
  async (db, token, input, doorstep) => ({
    session: await resetPassword(db, token, input, doorstep),
    location: "/settings/security?done=password#done",
  }),
  ["password"],
);
