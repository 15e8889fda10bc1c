import type { z } from "zod";
import { database } from "#app/_web/database.ts";
import { type FormContext, formRoute } from "#app/_web/form-route.ts";
import { getSignedIn } from "#app/_web/viewer.ts";
import type { Database } from "#db/client.ts";
import { isId } from "#lib/ids.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { labelsOf } from "../form/fields.ts";
import { postsDesk } from "../revise.ts";

type Params = { id: string; post: string };

type Door<S extends z.ZodType> = {
  input: S;
  files?: Record<string, (bytes: Uint8Array) => Promise<string>>;
  /** The page that the form stands on, under the post's own at the desk. */
  page: "" | "/deletion";
  act: (
    db: Database,
    viewer: AccountViewer,
    input: z.infer<S>,
    ids: { groupId: string; id: string },
    context: FormContext<Params>,
  ) => Promise<string | Response>;
};

/** A form about a post of a group. Whoever is not signed in any more signs in, and finds what was typed again. */
export const postDoor = <S extends z.ZodType>({ input, files, page, act }: Door<S>) =>
  formRoute<S, Params>({
    input,
    files,
    labels: labelsOf,
    back: ({ id, post }) => `${postsDesk(encodeURIComponent(id))}/${encodeURIComponent(post)}${page}`,
    act: async (parsed, context) => {
      const { id: groupId, post: id } = context.params;
      if (!isId(groupId) || !isId(id)) throw new Refusal("not-found");
      const who = await getSignedIn();
      if (!who) throw new Refusal("sign-in-first");
      return act(database(), who.viewer, parsed, { groupId, id }, context);
    },
  });
