import { pictureOf } from "#lib/media/token.ts";
import { mediaPath } from "#lib/urls.ts";
import type { Fields } from "./fields.ts";

/** The picture that is to stand in the description; null: none was chosen. */
export const pictureFor = ({ picture, pictureKept }: Pick<Fields, "picture" | "pictureKept">): string | null =>
  pictureOf({ fresh: picture, kept: pictureKept, removed: "" });

/** The Markdown of a picture of ours, with what it shows. */
export const pictureMark = (id: string, words: string): string =>
  `![${words
    .trim()
    .replace(/\s+/g, " ")
    .replace(/[[\]\\]/g, "\\$&")}](${mediaPath(id)})`;

/** The controls of a text and of the picture for it. */
export type Pictured = Pick<Fields, "content" | "picture" | "pictureKept" | "pictureName">;

/** The form with the chosen picture at the end of its text; as it is where none was chosen. */
export function withPicture<F extends Pictured>(fields: F): F {
  const id = pictureFor(fields);
  if (!id) return fields;
  const content = `${fields.content.trimEnd()}\n\n${pictureMark(id, fields.pictureName)}\n`.trimStart();
  return { ...fields, content, picture: "", pictureKept: "", pictureName: "" };
}
