import { z } from "zod";
import { database } from "#app/_web/database.ts";
import { evenly } from "#app/_web/evenly.ts";
import { formRoute } from "#app/_web/form-route.ts";
import { keepForm } from "#lib/form/commands.ts";
import { getForm } from "#lib/form/queries.ts";
import { timeOf } from "#lib/ids.ts";
import { spend } from "#lib/limits/commands.ts";
import { resendConfirmation } from "#lib/participation/request/commands.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { eventPath } from "#lib/urls.ts";

const input = z.object({ sent: z.string().max(36) });

/** Sends the mail of a request once more; `sent` is the kept form of the first time, which alone knows the address. */
export const POST = formRoute<typeof input, { id: string }>({
  input,
  back: ({ id }) => eventPath(encodeURIComponent(id)),
  act: async ({ sent }, { params, client, age }) => {
    if (age === null) throw new Refusal("form-stale");
    const db = database();
    const path = eventPath(encodeURIComponent(params.id));
    const form = await getForm(db, sent, path, { client });
    const email = form?.values.email;
    if (!form?.outcome.startsWith("sent") || typeof email !== "string") throw new Refusal("form-stale");
    if (Date.now() - timeOf(form.id) < 60_000) return `${path}?form=${form.id}&wait=1#join`;
    await spend(db, "join", client);
    await evenly(150, resendConfirmation(db, visitor, { eventId: params.id, email }));
    const again = await keepForm(db, { path, outcome: "sent-again", values: form.values, by: { client } });
    return `${path}?form=${again}#join`;
  },
});
