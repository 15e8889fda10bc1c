import { cache } from "react";
import { database } from "#app/_web/database.ts";
import { getViewer } from "#app/_web/viewer.ts";
import { type FullPost, getPost } from "#lib/post/queries.ts";

/** The post of this page as its reader may see it: asked once a request, for the head and for the body. */
export const postOfPage = cache(
  async (id: string): Promise<FullPost | null> => getPost(database(), await getViewer(), id),
);
