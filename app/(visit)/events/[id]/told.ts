import { cache } from "react";
import { database } from "#app/_web/database.ts";
import { getViewer } from "#app/_web/viewer.ts";
import { type FullEvent, getEvent } from "#lib/event/queries.ts";

/** The event of this page as its reader may see it: asked once a request, for the head and for the body. */
export const eventOfPage = cache(
  async (id: string): Promise<FullEvent | null> => getEvent(database(), await getViewer(), id),
);
