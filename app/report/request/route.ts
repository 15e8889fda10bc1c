import { z } from "zod";
import { database } from "#app/_web/database.ts";
import { formRoute } from "#app/_web/form-route.ts";
import { expectPerson } from "#app/_web/person.ts";
import { getViewer } from "#app/_web/viewer.ts";
import { thingAt } from "#app/own-server/thing.ts";
import { transact } from "#db/client.ts";
import { keepForm } from "#lib/form/commands.ts";
import { spend } from "#lib/limits/commands.ts";
import { raiseFlag } from "#lib/moderation/flag/commands.ts";
import { Refusal } from "#lib/refusal.ts";

const page = "/report";

/** Puts a report before those who run this server, with or without an account. */
export const POST = formRoute({
  input: z.object({
    with: z.string("not-found").max(400, "not-found"),
    content: z.string("required").trim().min(1, "required").max(5000, "too-long"),
  }),
  back: () => page,
  act: async ({ with: path, content }, { client, age }) => {
    expectPerson(age);
    const thing = await thingAt(path);
    if (!thing) throw new Refusal("not-found");
    const viewer = await getViewer();
    const reporterId = viewer.kind === "account" ? (viewer.actorIds[0] ?? null) : null;
    const { actorId, eventId, commentId, postId } = thing;
    await spend(database(), "report", client);
    await transact(database(), (tx) =>
      raiseFlag(tx, {
        uri: null,
        reporterId,
        reporterHost: null,
        content,
        targets: [{ actorId, eventId, commentId, postId }],
      }),
    );
    const id = await keepForm(database(), { path: page, outcome: "sent", values: { with: path } });
    return `${page}?form=${id}#done`;
  },
});
