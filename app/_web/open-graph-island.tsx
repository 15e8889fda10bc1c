"use client";

import { aside } from "./aside.ts";

/** What other sites' machines read of a page stands in the head that the server sends; a browser has no use for it. */
export function OpenGraphIsland() {
  if (typeof window !== "undefined") return null;
  return aside().openGraph.map(([property, content]) =>
    property.startsWith("twitter:") ? (
      <meta key={property} name={property} content={content} />
    ) : (
      <meta key={property + content} property={property} content={content} />
    ),
  );
}
