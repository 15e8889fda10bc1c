import type { z } from "zod";
import type { SignedIn } from "#app/_web/viewer.ts";
import { deskDoor } from "#app/dashboard/door.ts";
import type { Database } from "#db/client.ts";
import { discussionPath } from "#lib/urls.ts";

type Door<S extends z.ZodType> = {
  input: S;
  /** The page that the form stands on: the discussion's own, or the one to manage it. */
  page?: "" | "/manage";
  /** Does it, and says which sentence follows. */
  act: (db: Database, who: SignedIn, input: z.infer<S>, id: string) => Promise<string>;
};

/** A form about a discussion. */
export const discussionDoor = <S extends z.ZodType>({ input, page = "", act }: Door<S>) =>
  deskDoor({
    input,
    page: (id) => `${discussionPath(id)}${page}`,
    act: async (db, who, parsed, id) => `${discussionPath(id)}${page}?done=${await act(db, who, parsed, id)}#done`,
  });
