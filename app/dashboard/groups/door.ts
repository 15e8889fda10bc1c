import type { z } from "zod";
import type { FormContext } from "#app/_web/form-route.ts";
import type { SignedIn } from "#app/_web/viewer.ts";
import { deskDoor } from "#app/dashboard/door.ts";
import type { Database } from "#db/client.ts";
import { groupDeskPath } from "#lib/urls.ts";

type Door<S extends z.ZodType> = {
  input: S;
  files?: Record<string, (bytes: Uint8Array) => Promise<string>>;
  /** The page of the group's desk that the form stands on, and that its answer leads back to; null: the first. */
  page: "members" | "requests" | "followers" | "settings" | "moving" | "closing" | null;
  /** Does it, and says which sentence follows, or where it leads. */
  act: (
    db: Database,
    who: SignedIn,
    input: z.infer<S>,
    id: string,
    context: FormContext<{ id: string }>,
  ) => Promise<string>;
};

/** A form on the desk of a group. */
export const groupDoor = <S extends z.ZodType>({ input, files, page, act }: Door<S>) => {
  const pageOf = (id: string) => (page ? `${groupDeskPath(id)}/${page}` : groupDeskPath(id));
  return deskDoor({
    input,
    files,
    page: pageOf,
    act: async (db, who, parsed, id, context) => {
      const said = await act(db, who, parsed, id, context);
      return said.startsWith("/") ? said : `${pageOf(id)}?done=${said}#done`;
    },
  });
};
