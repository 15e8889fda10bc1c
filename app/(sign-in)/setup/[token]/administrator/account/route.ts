import { z } from "zod";
import { database } from "#app/_web/database.ts";
import { formRoute } from "#app/_web/form-route.ts";
import { doorstepOf } from "#app/_web/viewer.ts";
import { emailInput, handleInput, nameInput, passwordInput } from "#lib/account/input.ts";
import { makeAdministrator } from "#lib/account/setup/commands.ts";
import { sessionCookie } from "#lib/auth/cookie.ts";
import { getInstance } from "#lib/instance/queries.ts";
import { setupPath } from "#lib/urls.ts";
import { keptUnder } from "../../../../token-door.ts";

const back = ({ token }: { token: string }) => `${setupPath(encodeURIComponent(token))}/administrator`;

const input = z.object({ email: emailInput, password: passwordInput, handle: handleInput, name: nameInput });

export const POST = formRoute<typeof input, { token: string }>({
  input,
  secret: ["password"],
  back,
  keptAs: ({ token }) => keptUnder(token),
  act: async (values, { params, request, locale }) => {
    const db = database();
    const { timezone } = await getInstance(db);
    const given = { ...values, language: locale, timezone };
    const session = await makeAdministrator(db, params.token, given, doorstepOf(request));
    return { location: "/settings/security?done=setup#done", cookies: [sessionCookie(session)] };
  },
});
