import { readSignedId, signedId } from "#lib/secrets.ts";

/** What stands for a picture in a form until the form is done: nothing that a form could invent. */
export const pictureToken = (id: string): string => signedId("cover", id);

/** What a form says of a picture: the one just uploaded, the one that it had, and whether to do without. */
type Said = { fresh: string; kept: string; removed: string };

/** The id of the picture that a form means: only one that this server handed out to it; null: none. */
export function pictureOf({ fresh, kept, removed }: Said): string | null {
  if (removed === "yes" && !fresh) return null;
  return readSignedId("cover", fresh || kept);
}
