import { z } from "zod";
import { database } from "#app/_web/database.ts";
import { formRoute } from "#app/_web/form-route.ts";
import { getSignedIn } from "#app/_web/viewer.ts";
import { renderContent } from "#lib/html.ts";
import { spend } from "#lib/limits/commands.ts";
import { Refusal } from "#lib/refusal.ts";

/** What a text in Markdown will look like: by the very same renderer as its page, kept nowhere. */
export const POST = formRoute({
  input: z.object({ content: z.string().max(64_000, "too-long").default("") }),
  back: () => "/dashboard",
  act: async ({ content }) => {
    const who = await getSignedIn();
    if (!who) throw new Refusal("sign-in-first");
    await spend(database(), "preview", who.viewer.accountId);
    return Response.json(
      { html: renderContent(content, "text/markdown", { pictures: true }) },
      { headers: { "Cache-Control": "no-store" } },
    );
  },
});
