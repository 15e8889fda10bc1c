import type { Mention } from "#db/schema/discussion.ts";
import { escapeHtml } from "#lib/html.ts";
import { ownHost } from "#lib/urls.ts";
import { localActorUri } from "../addresses.ts";

/** The id of somebody who is named. */
export const mentionUri = ({ handle, uri }: Pick<Mention, "handle" | "uri">): string => uri ?? localActorUri(handle);

/** Somebody whom an object names: by this tag their server tells them. */
export const mentionTag = ({ handle, host }: Pick<Mention, "handle" | "host">, href: string) => ({
  type: "Mention",
  href,
  name: `@${handle}@${host ?? ownHost()}`,
});

/** How a text of ours begins that is for one person alone. */
export const mentionLink = (handle: string, href: string): string =>
  `<a href="${escapeHtml(href)}" class="u-url mention">@${escapeHtml(handle)}</a>`;
