import { z } from "zod";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { renderContent } from "#lib/html.ts";
import { spend } from "#lib/limits/commands.ts";

/** What a text in Markdown will look like: by the very same renderer as its page, kept nowhere. */
export const POST = signedInRoute({
  input: z.object({ content: z.string().max(64_000, "too-long").default("") }),
  back: () => "/dashboard",
  act: async (db, { viewer }, { content }) => {
    await spend(db, "preview", viewer.accountId);
    return Response.json(
      { html: renderContent(content, "text/markdown", { pictures: true }) },
      { headers: { "Cache-Control": "no-store" } },
    );
  },
});
