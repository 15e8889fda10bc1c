import { database } from "#app/_web/database.ts";
import { evenly } from "#app/_web/evenly.ts";
import { formRoute, see } from "#app/_web/form-route.ts";
import { expectPerson } from "#app/_web/person.ts";
import { addressInput } from "#lib/account/input.ts";
import { requestReset } from "#lib/account/recovery/commands.ts";
import { keepForm } from "#lib/form/commands.ts";
import { spend } from "#lib/limits/commands.ts";
import { visitor } from "#lib/policy/viewer.ts";

const page = "/reset-password";

/** The same answer, as fast, for every address. */
export const POST = formRoute({
  input: addressInput,
  back: () => page,
  act: async ({ email, website }, { client, age }) => {
    expectPerson(age);
    const db = database();
    await spend(db, "sign-in-mail", client);
    if (website === "") await evenly(400, requestReset(db, visitor, { email }));
    const sent = await keepForm(db, { path: page, outcome: "sent", values: { email }, by: { client } });
    return `${page}?form=${sent}#sent`;
  },
});

export const GET = () => see(page);
