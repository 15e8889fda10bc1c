import type { FullEvent } from "#lib/event/queries.ts";
import { scriptJson } from "#lib/html.ts";
import type { describe } from "./head.ts";

/** What search engines read: schema.org/Event. */
export const Schema = ({ full, shared }: { full: FullEvent; shared: ReturnType<typeof describe> }) => (
  <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: scriptJson(shared.schema(full)) }} />
);
