import { cache } from "react";
import { database } from "#app/_web/database.ts";
import { pieceOf } from "#app/_web/request.ts";
import { getActorPage } from "#lib/actor/queries.ts";
import type { Translate } from "#lib/locale/index.ts";

/** The person or group of this page, asked once a request; null: nobody here ever had this handle. */
export const actorOfPage = cache((handle: string) => getActorPage(database(), pieceOf(handle).toLowerCase()));

/** People of this server write Markdown, others' servers send HTML. */
export const written = ({ host }: { host: string | null }) => (host ? "text/html" : "text/markdown");

/** What of somebody can be read as Atom: their events, and what a group posts. */
export const feedsOf = (t: Translate, { type }: { type: string }, path: string) => [
  { url: `${path}/events.atom`, title: t("event.upcoming") },
  ...(type === "Group" ? [{ url: `${path}/posts.atom`, title: t("post.title") }] : []),
];
