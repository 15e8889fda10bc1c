import { z } from "zod";
import { database } from "#app/_web/database.ts";
import { evenly } from "#app/_web/evenly.ts";
import { formRoute, see } from "#app/_web/form-route.ts";
import { expectPerson } from "#app/_web/person.ts";
import { doorstepOf, signInCookies } from "#app/_web/viewer.ts";
import { requestSignInLink, signInByPassword } from "#lib/account/sign-in/commands.ts";
import { signInInput } from "#lib/account/sign-in/input.ts";
import { keepForm } from "#lib/form/commands.ts";
import { spend } from "#lib/limits/commands.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { ownPath } from "#lib/urls.ts";

const page = "/sign-in";

/** Signs in by password, or mails a link: two buttons of one form, so that the address is typed once. */
export const POST = formRoute({
  input: signInInput.extend({ way: z.enum(["password", "mail"], "choice-invalid").default("password") }),
  secret: ["password"],
  back: () => page,
  act: async ({ email, password, way, next, website }, { request, client, age }) => {
    const db = database();
    if (way === "mail") {
      expectPerson(age);
      await spend(db, "sign-in-mail", client);
      if (website === "") await evenly(400, requestSignInLink(db, visitor, { email }));
      const sent = await keepForm(db, { path: page, outcome: "sent", values: { email, next }, by: { client } });
      return `${page}?form=${sent}#sent`;
    }
    if (password === "") throw new Refusal("required", { field: "password" });
    const session = await signInByPassword(db, visitor, { email, password, client }, doorstepOf(request));
    return { location: ownPath(next), cookies: await signInCookies(request, session) };
  },
});

export const GET = () => see(page);
