import { database } from "#app/_web/database.ts";
import { evenly } from "#app/_web/evenly.ts";
import { formRoute, see } from "#app/_web/form-route.ts";
import { expectPerson } from "#app/_web/person.ts";
import { keepForm } from "#lib/form/commands.ts";
import { spend } from "#lib/limits/commands.ts";
import { linksInput } from "#lib/participation/input.ts";
import { requestLinks } from "#lib/participation/links/commands.ts";
import { visitor } from "#lib/policy/viewer.ts";

const page = "/participations/links";

/** "Mail me all my links": the same answer for every address. */
export const POST = formRoute({
  input: linksInput,
  back: () => page,
  act: async ({ email, website }, { client, age }) => {
    expectPerson(age);
    const db = database();
    await spend(db, "links", client);
    if (website === "") await evenly(150, requestLinks(db, visitor, { email }));
    const sent = await keepForm(db, { path: page, outcome: "sent", values: { email }, by: { client } });
    return `${page}?form=${sent}#sent`;
  },
});

export const GET = () => see(page);
