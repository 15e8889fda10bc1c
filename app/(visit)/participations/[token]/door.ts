import type { z } from "zod";
import { database } from "#app/_web/database.ts";
import { formRoute } from "#app/_web/form-route.ts";
import type { Database } from "#db/client.ts";
import { Refusal } from "#lib/refusal.ts";
import { tokenHash } from "#lib/secrets.ts";
import { participationPath } from "#lib/urls.ts";

/** Under which a refused form of a participation is kept: never under the token itself. */
export const keptUnder = (token: string): string => `participation ${tokenHash(token).toString("hex")}`;

/**
 * A door behind a mailed link, which nobody guesses and a whole hall may use from one network at once. `act` returns what to say on the participation's page (a code of its closed list), or a
 * path of its own. A link that opens nothing leads to the page that says so.
 */
export function participationDoor<S extends z.ZodType>(
  input: S,
  act: (db: Database, token: string, input: z.infer<S>) => Promise<string>,
) {
  return formRoute<S, { token: string }>({
    input,
    back: ({ token }) => participationPath(encodeURIComponent(token)),
    keptAs: ({ token }) => keptUnder(token),
    act: async (values, { params }) => {
      const db = database();
      const page = participationPath(encodeURIComponent(params.token));
      try {
        const done = await act(db, params.token, values);
        return done.startsWith("/") ? done : `${page}?done=${done}#done`;
      } catch (error) {
        if (error instanceof Refusal && error.code === "not-found") return page;
        throw error;
      }
    },
  });
}
