/** What kind of personal datum a column holds; `network` is what identifies a connection. */
export type Kind = "none" | "address" | "name" | "text" | "network" | "secret";

/** What a column holds, why it is kept, how long, and whether its person's export has it (or why not). */
export type Annotation = { kind: Kind; why: string; keep: string; export: true | string };

export const of =
  (kind: Kind, keep: string, exported: true | string = true) =>
  (why: string): Annotation => ({ kind, why, keep, export: exported });

/** Nothing personal: it describes a thing, a state or a time. */
export const plain = (keep: string, exported: true | string = "not about a person") => of("none", keep, exported);

export const internal = "internal to the server";
