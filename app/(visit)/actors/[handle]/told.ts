import { cache } from "react";
import { database } from "#app/_web/database.ts";
import type { OpenGraph } from "#app/_web/open-graph.tsx";
import { pieceOf } from "#app/_web/request.ts";
import { getActorPage } from "#lib/actor/queries.ts";
import { excerpt } from "#lib/html.ts";
import type { Translate } from "#lib/locale/index.ts";
import { actorPath } from "#lib/urls.ts";

/** The person or group of this page, asked once a request; null: nobody here ever had this handle. */
export const actorOfPage = cache((handle: string) => getActorPage(database(), pieceOf(handle).toLowerCase()));

/** People of this server write Markdown, others' servers send HTML. */
export const written = ({ host }: { host: string | null }) => (host ? "text/html" : "text/markdown");

type Introduced = { handle: string; host: string | null; name: string; summary: string };

/** What somebody says of themselves, in two hundred characters of plain text. */
export const introductionOf = (actor: Introduced): string => excerpt(actor.summary, written(actor), 200);

/** What a link to somebody's page here shows elsewhere. */
export const openGraphOf = (actor: Introduced): OpenGraph => ({
  type: "profile",
  title: actor.name,
  description: introductionOf(actor),
  url: actorPath(actor.handle, actor.host),
});

/** What of somebody can be read as Atom: their events, and what a group posts. */
export const feedsOf = (t: Translate, { type }: { type: string }, path: string) => [
  { url: `${path}/events.atom`, title: t("event.upcoming") },
  ...(type === "Group" ? [{ url: `${path}/posts.atom`, title: t("post.title") }] : []),
];
