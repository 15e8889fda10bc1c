import type { z } from "zod";
import { database } from "#app/_web/database.ts";
import { formRoute } from "#app/_web/form-route.ts";
import { doorstepOf, signInCookies } from "#app/_web/viewer.ts";
import type { Database } from "#db/client.ts";
import type { Doorstep } from "#lib/account/session/commands.ts";
import { Refusal } from "#lib/refusal.ts";
import { tokenHash } from "#lib/secrets.ts";

/** Under which a refused form behind a mailed link is kept: never under the token itself. */
export const keptUnder = (token: string): string => `account ${tokenHash(token).toString("hex")}`;

type Answer = { session: string; location: string } | string;

/**
 * A door behind a mailed link of an account. `act` signs in and leads on, or leads on alone. A link that opens nothing
 * leads to its page, which says so.
 */
export function tokenDoor<S extends z.ZodType>(
  input: S,
  page: (token: string) => string,
  act: (db: Database, token: string, values: z.infer<S>, doorstep: Doorstep) => Promise<Answer>,
  secret: string[] = [],
) {
  const back = ({ token }: { token: string }) => page(encodeURIComponent(token));
  return formRoute<S, { token: string }>({
    input,
    secret,
    back,
    keptAs: ({ token }) => keptUnder(token),
    act: async (values, { params, request }) => {
      try {
        const answer = await act(database(), params.token, values, doorstepOf(request));
        if (typeof answer === "string") return answer;
        return { location: answer.location, cookies: await signInCookies(request, answer.session) };
      } catch (error) {
        if (error instanceof Refusal && error.code === "not-found") return back(params);
        throw error;
      }
    },
  });
}
