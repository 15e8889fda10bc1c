import { z } from "zod";
import { database } from "#app/_web/database.ts";
import { formRoute } from "#app/_web/form-route.ts";
import { getSignedIn, type SignedIn } from "#app/_web/viewer.ts";
import type { Database } from "#db/client.ts";
import { Refusal } from "#lib/refusal.ts";
import { tokenHash } from "#lib/secrets.ts";
import { invitationPath } from "#lib/urls.ts";

/** Under which a refused answer is kept: never under the token itself. */
export const keptUnder = (token: string): string => `invitation ${tokenHash(token).toString("hex")}`;

const nothing = z.object({});

/** A button of an invitation's page. A link that opens nothing leads to the page, which says so. */
export const invitationDoor = (act: (db: Database, token: string, who: SignedIn | null) => Promise<string>) =>
  formRoute<typeof nothing, { token: string }>({
    input: nothing,
    back: ({ token }) => invitationPath(token),
    keptAs: ({ token }) => keptUnder(token),
    act: async (_, { params }) => {
      try {
        return await act(database(), params.token, await getSignedIn());
      } catch (error) {
        if (error instanceof Refusal && (error.code === "not-found" || error.code === "already-decided"))
          return invitationPath(params.token);
        throw error;
      }
    },
  });
