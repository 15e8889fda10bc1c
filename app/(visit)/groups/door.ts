import type { z } from "zod";
import { database } from "#app/_web/database.ts";
import { formRoute } from "#app/_web/form-route.ts";
import { getSignedIn, type SignedIn } from "#app/_web/viewer.ts";
import type { Database } from "#db/client.ts";
import { type ActorRow, getActorPage } from "#lib/actor/queries.ts";
import { Refusal } from "#lib/refusal.ts";
import { actorPath } from "#lib/urls.ts";

type Door<S extends z.ZodType> = {
  input: S;
  /** Does it to the group, of this server or another, and says which sentence follows. */
  act: (db: Database, who: SignedIn, input: z.infer<S>, group: ActorRow) => Promise<string>;
};

/** The page of a group by its handle, or `name@host`, as it came. */
export const pageOf = (handle: string): string =>
  actorPath(encodeURIComponent(handle).replaceAll("%40", "@").replaceAll("%3A", ":"));

/** A form on a group's page about one's own belonging. Whoever is not signed in signs in, and comes back. */
export const belongingDoor = <S extends z.ZodType>({ input, act }: Door<S>) =>
  formRoute<S, { handle: string }>({
    input,
    back: ({ handle }) => pageOf(handle),
    act: async (parsed, { params }) => {
      const page = pageOf(params.handle);
      const who = await getSignedIn();
      if (!who) return `/sign-in?next=${encodeURIComponent(page)}`;
      const group = await getActorPage(database(), params.handle.toLowerCase());
      if (group?.type !== "Group" || group.deletedAt) throw new Refusal("not-found");
      return `${page}?done=${await act(database(), who, parsed, group)}#done`;
    },
  });
