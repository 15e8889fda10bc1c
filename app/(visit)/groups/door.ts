import type { z } from "zod";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import type { SignedIn } from "#app/_web/viewer.ts";
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

/** A form on a group's page about one's own belonging. */
export const belongingDoor = <S extends z.ZodType>({ input, act }: Door<S>) =>
  signedInRoute<S, { handle: string }>({
    input,
    back: ({ handle }) => pageOf(handle),
    act: async (db, who, parsed, { params }) => {
      const group = await getActorPage(db, params.handle.toLowerCase());
      if (group?.type !== "Group" || group.deletedAt) throw new Refusal("not-found");
      return `${pageOf(params.handle)}?done=${await act(db, who, parsed, group)}#done`;
    },
  });
