import type { z } from "zod";
import type { Database } from "#db/client.ts";
import { database } from "./database.ts";
import { type Form, type FormAnswer, type FormContext, formRoute } from "./form-route.ts";
import { expectSignedIn, type SignedIn } from "./viewer.ts";

type Own<S extends z.ZodType, P> = Omit<Form<S, P>, "act"> & {
  act: (db: Database, who: SignedIn, input: z.infer<S>, context: FormContext<P>) => Promise<FormAnswer>;
};

/** A form of somebody who is signed in. Whoever is not any more signs in, and finds what was typed again. */
export const signedInRoute = <S extends z.ZodType, P extends Record<string, string> = Record<never, string>>({
  act,
  ...form
}: Own<S, P>) =>
  formRoute<S, P>({
    ...form,
    act: async (input, context) => act(database(), await expectSignedIn(), input, context),
  });
