import { z } from "zod";
import { database } from "#app/_web/database.ts";
import { formRoute } from "#app/_web/form-route.ts";
import { getSignedIn, type SignedIn } from "#app/_web/viewer.ts";
import type { Database } from "#db/client.ts";
import { joinInput } from "#lib/group/membership/input.ts";
import { Refusal } from "#lib/refusal.ts";
import { tokenHash } from "#lib/secrets.ts";
import { groupInvitationPath, invitationPath } from "#lib/urls.ts";

/** Under which a refused answer is kept: never under the token itself. */
export const keptUnder = (token: string): string => `invitation ${tokenHash(token).toString("hex")}`;

type Act<S extends z.ZodType> = (
  db: Database,
  token: string,
  who: SignedIn | null,
  input: z.infer<S>,
) => Promise<string>;

/** A button of an invitation's page. A link that opens nothing leads to the page, which says so. */
const door =
  <S extends z.ZodType>(path: (token: string) => string, input: S) =>
  (act: Act<S>) =>
    formRoute<S, { token: string }>({
      input,
      back: ({ token }) => path(token),
      keptAs: ({ token }) => keptUnder(token),
      act: async (parsed, { params }) => {
        try {
          return await act(database(), params.token, await getSignedIn(), parsed);
        } catch (error) {
          if (error instanceof Refusal && ["not-found", "gone", "already-decided"].includes(error.code))
            return path(params.token);
          throw error;
        }
      },
    });

export const invitationDoor = door(invitationPath, z.object({}));
export const groupInvitationDoor = door(groupInvitationPath, joinInput.pick({ shown: true }));
