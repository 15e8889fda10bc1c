import type { z } from "zod";
import type { FormContext } from "#app/_web/form-route.ts";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import { type SignedIn, signedInAt } from "#app/_web/viewer.ts";
import type { Database } from "#db/client.ts";
import { canModerate } from "#lib/policy/moderation.ts";
import { Refusal } from "#lib/refusal.ts";

/** Whoever decides for this server and is signed in; null for others who are, to whom none of it is there. For pages alone. */
export async function moderatorAt(path: string, form?: unknown): Promise<SignedIn | null> {
  const who = await signedInAt(path, form);
  return canModerate(who.viewer) ? who : null;
}

type Door<S extends z.ZodType, P> = {
  input: S;
  /** The page that the form stands on. */
  page: string | ((params: P) => string);
  act: (db: Database, who: SignedIn, input: z.infer<S>, context: FormContext<P>) => Promise<string>;
};

/** A form of those who decide for this server; for others it is not there. */
export const moderationDoor = <S extends z.ZodType, P extends Record<string, string> = Record<never, string>>({
  input,
  page,
  act,
}: Door<S, P>) =>
  signedInRoute<S, P>({
    input,
    back: typeof page === "string" ? () => page : page,
    act: async (db, who, parsed, context) => {
      if (!canModerate(who.viewer)) throw new Refusal("not-found");
      return act(db, who, parsed, context);
    },
  });
