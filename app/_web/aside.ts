/** What the server puts aside for the HTML of an answer, past the payload that a browser gets of it (`RequestNote`). */
export type Aside = {
  /** Markup that is drawn already (`Still`). */
  markup: string[];
  /** Properties and contents of the head's `<meta>` that other sites read (`OpenGraphTags`). */
  openGraph: [property: string, content: string][];
};

/** For islands, on the server: what was put aside for the answer that is being made. */
export function aside(): Aside {
  const notes = (globalThis as { [slot: symbol]: { getStore: () => Aside | undefined } | undefined })[
    Symbol.for("parvis.request")
  ];
  const put = notes?.getStore();
  if (!put) throw new Error("What was put aside for an answer is asked for outside of one.");
  return put;
}
