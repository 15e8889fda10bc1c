import type { z } from "zod";
import { database } from "#app/_web/database.ts";
import { formRoute } from "#app/_web/form-route.ts";
import { getSignedIn, type SignedIn } from "#app/_web/viewer.ts";
import type { Database } from "#db/client.ts";
import { getActor } from "#lib/actor/queries.ts";
import { Refusal } from "#lib/refusal.ts";
import { actorPath } from "#lib/urls.ts";

type Door<S extends z.ZodType> = {
  input: S;
  /** Does it to the group whose id it is, and says which sentence follows. */
  act: (db: Database, who: SignedIn, input: z.infer<S>, groupId: string) => Promise<string>;
};

/** A form on a group's page about one's own belonging. Whoever is not signed in signs in, and comes back. */
export const belongingDoor = <S extends z.ZodType>({ input, act }: Door<S>) =>
  formRoute<S, { handle: string }>({
    input,
    back: ({ handle }) => actorPath(encodeURIComponent(handle)),
    act: async (parsed, { params }) => {
      const page = actorPath(encodeURIComponent(params.handle));
      const who = await getSignedIn();
      if (!who) return `/sign-in?next=${encodeURIComponent(page)}`;
      const group = await getActor(database(), params.handle);
      if (group?.type !== "Group") throw new Refusal("not-found");
      return `${page}?done=${await act(database(), who, parsed, group.id)}#done`;
    },
  });
