import { z } from "zod";
import { database } from "#app/_web/database.ts";
import { formRoute } from "#app/_web/form-route.ts";
import { expectPerson } from "#app/_web/person.ts";
import { getViewer } from "#app/_web/viewer.ts";
import { keepForm } from "#lib/form/commands.ts";
import { spend } from "#lib/limits/commands.ts";
import { raiseFlag } from "#lib/moderation/flag/commands.ts";
import { Refusal } from "#lib/refusal.ts";
import { reportedAt } from "../thing.ts";

const page = "/report";

/** Puts a report before those who run this server, with or without an account. */
export const POST = formRoute({
  input: z.object({
    with: z.string("not-found").max(400, "not-found"),
    content: z.string("required").trim().min(1, "required").max(5000, "too-long"),
    /** Whether those who run this server see the words of what is said for some alone. */
    quote: z.literal("yes").optional(),
  }),
  back: () => page,
  act: async ({ with: path, content, quote }, { client, age }) => {
    expectPerson(age);
    const viewer = await getViewer();
    const thing = await reportedAt(viewer, path);
    if (!thing) throw new Refusal("not-found");
    const reporterId = viewer.kind === "account" ? (viewer.actorIds[0] ?? null) : null;
    await spend(database(), "report", client);
    await raiseFlag(database(), {
      uri: null,
      reporterId,
      reporterHost: null,
      content,
      // Of a comment, none at all would say that everybody reads it.
      quote: quote ? thing.quote : thing.quote !== null && thing.target.commentId ? "" : null,
      targets: [thing.target],
    });
    const id = await keepForm(database(), { path: page, outcome: "sent", values: { with: path }, by: { client } });
    return `${page}?form=${id}#done`;
  },
});
