import type { z } from "zod";
import { database } from "#app/_web/database.ts";
import { type FormContext, formRoute } from "#app/_web/form-route.ts";
import { getSignedIn, type SignedIn } from "#app/_web/viewer.ts";
import type { Database } from "#db/client.ts";

type Answer = string | { location: string; cookies: string[] };

type Door<S extends z.ZodType, P> = {
  input: S;
  /** The page that the form stands on. */
  page: (params: P) => string;
  secret?: string[];
  /** As in `formRoute`. */
  files?: Record<string, (bytes: Uint8Array) => Promise<string>>;
  act: (db: Database, who: SignedIn, input: z.infer<S>, context: FormContext<P>) => Promise<Answer>;
};

/** A form of somebody who is signed in; whoever is not any more signs in and comes back to its page. */
export function settingsDoor<S extends z.ZodType, P extends Record<string, string> = Record<never, string>>(
  door: Door<S, P>,
) {
  return formRoute<S, P>({
    input: door.input,
    secret: door.secret,
    files: door.files,
    back: door.page,
    act: async (input, context) => {
      const who = await getSignedIn();
      if (!who) return `/sign-in?next=${encodeURIComponent(door.page(context.params))}`;
      return door.act(database(), who, input, context);
    },
  });
}
