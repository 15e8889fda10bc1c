import { z } from "zod";
import { database } from "#app/_web/database.ts";
import { formRoute } from "#app/_web/form-route.ts";
import { ownServerCookie } from "#app/_web/own-server.ts";
import { choice } from "#app/_web/reader.ts";
import { findDoor } from "#lib/federation/remote/intents.ts";
import { keepForm } from "#lib/form/commands.ts";
import { spend } from "#lib/limits/commands.ts";
import { Refusal } from "#lib/refusal.ts";
import { thingAt } from "../thing.ts";

const page = "/own-server";

/** Asks somebody's own server where its page for this is. A redirect there would be stopped by our own policy: a link leads on. */
export const POST = formRoute({
  input: z.object({
    with: z.string("not-found").max(400, "not-found"),
    address: z.string("required").trim().min(1, "required").max(320, "too-long"),
    remember: z.string().optional(),
  }),
  back: () => page,
  act: async ({ with: path, address, remember }, { client, age }) => {
    if (age === null) throw new Refusal("form-stale");
    const thing = await thingAt(path);
    if (!thing) throw new Refusal("not-found");
    await spend(database(), "own-server", client);
    const { host, href } = await findDoor(database(), { ...thing, address });
    const values = { with: path, address, host, href };
    const id = await keepForm(database(), { path: page, outcome: "door", values, by: { client } });
    const cookie = choice(ownServerCookie, remember ? encodeURIComponent(address) : null);
    return { location: `${page}?form=${id}#door`, cookies: [cookie] };
  },
});
