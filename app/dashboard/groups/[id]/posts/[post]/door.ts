import type { z } from "zod";
import type { Form, FormAnswer, FormContext } from "#app/_web/form-route.ts";
import { signedInRoute } from "#app/_web/signed-in-route.ts";
import type { Database } from "#db/client.ts";
import { isId } from "#lib/ids.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { labelsOf } from "../form/fields.ts";
import { postsDesk } from "../revise.ts";

type Params = { id: string; post: string };

type Door<S extends z.ZodType> = Pick<Form<S, Params>, "input" | "files"> & {
  /** The page that the form stands on, under the post's own at the desk. */
  page: "" | "/deletion";
  act: (
    db: Database,
    viewer: AccountViewer,
    input: z.infer<S>,
    ids: { groupId: string; id: string },
    context: FormContext<Params>,
  ) => Promise<FormAnswer>;
};

/** A form about a post of a group. */
export const postDoor = <S extends z.ZodType>({ page, act, ...form }: Door<S>) =>
  signedInRoute<S, Params>({
    ...form,
    labels: labelsOf,
    back: ({ id, post }) => `${postsDesk(encodeURIComponent(id))}/${encodeURIComponent(post)}${page}`,
    act: async (db, { viewer }, parsed, context) => {
      const { id: groupId, post: id } = context.params;
      if (!isId(groupId) || !isId(id)) throw new Refusal("not-found");
      return act(db, viewer, parsed, { groupId, id }, context);
    },
  });
