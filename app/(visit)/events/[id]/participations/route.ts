import { database } from "#app/_web/database.ts";
import { evenly } from "#app/_web/evenly.ts";
import { formRoute } from "#app/_web/form-route.ts";
import { expectPerson } from "#app/_web/person.ts";
import { keepForm } from "#lib/form/commands.ts";
import { spend } from "#lib/limits/commands.ts";
import { joinInput } from "#lib/participation/input.ts";
import { joinEvent } from "#lib/participation/request/commands.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { eventPath } from "#lib/urls.ts";

/** Asks to take part by e-mail. The answer is the same whatever the address has done before. */
export const POST = formRoute<typeof joinInput, { id: string }>({
  input: joinInput,
  back: ({ id }) => eventPath(encodeURIComponent(id)),
  act: async ({ website, ...input }, { params, client, formId, age, locale }) => {
    expectPerson(age);
    const db = database();
    await spend(db, "join", client);
    const request = { ...input, eventId: params.id, formId, language: locale };
    // Who filled in the field that people do not see gets the page that people get, and nothing else.
    if (website === "") await evenly(150, joinEvent(db, visitor, request));
    const { answers, guests, ...words } = input;
    const given = Object.entries(answers).map(([id, value]) => [`answers[${id}]`, value]);
    const values = { ...words, guests: String(guests), ...Object.fromEntries(given) };
    const path = eventPath(encodeURIComponent(params.id));
    const sent = await keepForm(db, { path, outcome: "sent", values, by: { client } });
    return `${path}?form=${sent}#join`;
  },
});
