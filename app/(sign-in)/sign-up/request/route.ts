import { database } from "#app/_web/database.ts";
import { evenly } from "#app/_web/evenly.ts";
import { formRoute, see } from "#app/_web/form-route.ts";
import { expectPerson } from "#app/_web/person.ts";
import { getNewIdentity } from "#lib/account/identity/queries.ts";
import { requestSignUp } from "#lib/account/sign-up/commands.ts";
import { signUpInput } from "#lib/account/sign-up/input.ts";
import { keepForm } from "#lib/form/commands.ts";
import { getInstance } from "#lib/instance/queries.ts";
import { spend } from "#lib/limits/commands.ts";
import { visitor } from "#lib/policy/viewer.ts";

const page = "/sign-up";

/** Asks for an account: the same answer, as fast, whether or not the address has one. */
export const POST = formRoute({
  input: signUpInput,
  secret: ["password"],
  back: () => page,
  act: async ({ website, identity: identityId, ...wish }, { client, age, locale }) => {
    expectPerson(age);
    const db = database();
    await spend(db, "sign-up", client);
    const { timezone } = await getInstance(db);
    const identity = identityId ? await getNewIdentity(db, identityId) : null;
    const proven = identity && { issuer: identity.issuer, subject: identity.subject };
    if (website === "")
      await evenly(500, requestSignUp(db, visitor, { ...wish, timezone, language: locale, identity: proven }));
    const sent = await keepForm(db, { path: page, outcome: "sent", values: { email: wish.email }, by: { client } });
    return `${page}?form=${sent}#sent`;
  },
});

export const GET = () => see(page);
