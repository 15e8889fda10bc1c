import type { z } from "zod";
import { database } from "#app/_web/database.ts";
import { type FormContext, formRoute } from "#app/_web/form-route.ts";
import { getSignedIn, type SignedIn, signedInAt } from "#app/_web/viewer.ts";
import type { Database } from "#db/client.ts";
import { canModerate } from "#lib/policy/moderation.ts";
import { Refusal } from "#lib/refusal.ts";

/** Whoever decides for this server and is signed in; null for others who are, to whom none of it is there. For pages alone. */
export async function moderatorAt(path: string): Promise<SignedIn | null> {
  const who = await signedInAt(path);
  return canModerate(who.viewer) ? who : null;
}

type Door<S extends z.ZodType, P> = {
  input: S;
  /** The page that the form stands on. */
  page: string | ((params: P) => string);
  act: (db: Database, who: SignedIn, input: z.infer<S>, context: FormContext<P>) => Promise<string>;
};

/** A form of those who decide for this server; for others it is not there. */
export function moderationDoor<S extends z.ZodType, P extends Record<string, string> = Record<never, string>>({
  input,
  page,
  act,
}: Door<S, P>) {
  const back = (params: P) => (typeof page === "string" ? page : page(params));
  return formRoute<S, P>({
    input,
    back,
    act: async (parsed, context) => {
      const who = await getSignedIn();
      if (!who) return `/sign-in?next=${encodeURIComponent(back(context.params))}`;
      if (!canModerate(who.viewer)) throw new Refusal("not-found");
      return act(database(), who, parsed, context);
    },
  });
}
