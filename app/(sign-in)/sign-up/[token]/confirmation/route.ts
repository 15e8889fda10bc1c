import { confirmSignUp } from "#lib/account/sign-up/commands.ts";
import { confirmSignUpInput } from "#lib/account/sign-up/input.ts";
import { signUpPath } from "#lib/urls.ts";
import { tokenDoor } from "../../../token-door.ts";

export const POST = tokenDoor(confirmSignUpInput, signUpPath, async (db, token, input, doorstep) => {
  const done = await confirmSignUp(db, token, input, doorstep);
  if (done.state === "awaiting") return "/sign-in?done=awaiting#done";
  return { session: done.session, location: "/settings/profiles?done=welcome#done" };
});
