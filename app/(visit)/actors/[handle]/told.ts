import { cache } from "react";
import { database } from "#app/_web/database.ts";
import { pieceOf } from "#app/_web/request.ts";
import { getActorPage } from "#lib/actor/queries.ts";

/** The person or group of this page, asked once a request; null: nobody here ever had this handle. */
export const actorOfPage = cache((handle: string) => getActorPage(database(), pieceOf(handle).toLowerCase()));

/** People of this server write Markdown, others' servers send HTML. */
export const written = ({ host }: { host: string | null }) => (host ? "text/html" : "text/markdown");
