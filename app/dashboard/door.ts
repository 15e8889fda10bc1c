import type { z } from "zod";
import { database } from "#app/_web/database.ts";
import { type FormContext, formRoute } from "#app/_web/form-route.ts";
import { getSignedIn, type SignedIn } from "#app/_web/viewer.ts";
import type { Database } from "#db/client.ts";
import { isId } from "#lib/ids.ts";
import type { Translate } from "#lib/locale/index.ts";
import { Refusal } from "#lib/refusal.ts";

type Door<S extends z.ZodType> = {
  input: S;
  /** As in `formRoute`. */
  files?: Record<string, (bytes: Uint8Array) => Promise<string>>;
  /** As in `formRoute`. */
  labels?: (t: Translate) => Record<string, string>;
  /** The page that the form stands on, of the event whose id it is. */
  page: (id: string) => string;
  act: (
    db: Database,
    who: SignedIn,
    input: z.infer<S>,
    id: string,
    context: FormContext<{ id: string }>,
  ) => Promise<string | Response>;
};

/** A form about one's own event. Whoever is not signed in any more signs in, and finds what was typed again. */
export const deskDoor = <S extends z.ZodType>({ input, files, labels, page, act }: Door<S>) =>
  formRoute<S, { id: string }>({
    input,
    files,
    labels,
    back: ({ id }) => page(encodeURIComponent(id)),
    act: async (parsed, context) => {
      const { id } = context.params;
      if (!isId(id)) throw new Refusal("not-found");
      const who = await getSignedIn();
      if (!who) throw new Refusal("sign-in-first");
      return act(database(), who, parsed, id, context);
    },
  });
