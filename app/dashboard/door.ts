import type { z } from "zod";
import type { Form, FormAnswer, FormContext } from "#app/_web/form-route.ts";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import type { SignedIn } from "#app/_web/viewer.ts";
import type { Database } from "#db/client.ts";
import { isId } from "#lib/ids.ts";
import { Refusal } from "#lib/refusal.ts";

type Params = { id: string };

type Door<S extends z.ZodType> = Pick<Form<S, Params>, "input" | "files" | "labels"> & {
  /** The page that the form stands on, of the event, or other thing, whose id it is. */
  page: (id: string) => string;
  act: (
    db: Database,
    who: SignedIn,
    input: z.infer<S>,
    id: string,
    context: FormContext<Params>,
  ) => Promise<FormAnswer>;
};

/** A form about something of one's own, under its id. */
export const deskDoor = <S extends z.ZodType>({ page, act, ...form }: Door<S>) =>
  signedInRoute<S, Params>({
    ...form,
    back: ({ id }) => page(encodeURIComponent(id)),
    act: async (db, who, parsed, context) => {
      const { id } = context.params;
      if (!isId(id)) throw new Refusal("not-found");
      return act(db, who, parsed, id, context);
    },
  });
