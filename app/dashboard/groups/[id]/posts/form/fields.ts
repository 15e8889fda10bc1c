import { z } from "zod";
import { coverOf, type Fields as EventFields } from "#app/dashboard/events/form/fields.ts";
import { pictureFor, withPicture } from "#app/dashboard/events/form/picture.ts";
import type { Translate } from "#lib/locale/index.ts";
import { pictureToken } from "#lib/media/token.ts";
import { type PostInput, postInput } from "#lib/post/input.ts";
import type { DeskFullPost } from "#lib/post/queries.ts";

/** Every control of the form by its name, as the form of an event calls them; what is not filled in is "". */
export const fieldNames = [
  "name",
  "content",
  "picture",
  "pictureKept",
  "pictureName",
  "cover",
  "coverKept",
  "coverName",
  "coverDecorative",
  "coverRemoved",
  "language",
  "tags",
  "visibility",
  "intent",
  "seen",
] as const satisfies (keyof EventFields)[];

export type FieldName = (typeof fieldNames)[number];
export type Fields = Record<FieldName, string>;

const intents = ["draft", "preview", "publish", "save", "autosave", "keep", "picture"] as const;
export type Intent = (typeof intents)[number];

const own = ["name", "content", "visibility"] as const;
const unlabelled: readonly FieldName[] = ["intent", "seen", "coverKept", "pictureKept"];

/** What a control is called. */
export const labelOf = (t: Translate, field: FieldName): string => {
  const ours = own.find((one) => one === field);
  return ours ? t(`post.field_${ours}`) : t(`desk.field_${field as "tags"}`);
};

/** The same for all, for the summary of errors. */
export const labelsOf = (t: Translate): Record<string, string> =>
  Object.fromEntries(fieldNames.filter((name) => !unlabelled.includes(name)).map((name) => [name, labelOf(t, name)]));

export type PostForm = { fields: Fields; intent: Intent; input: PostInput };

/** The form of a post, as its commands want it. A draft needs a title; what others read needs words, and words for its picture. */
export const postForm = z
  .object(Object.fromEntries(fieldNames.map((name) => [name, z.string().default("")])))
  .transform((typed, context): PostForm => {
    const fields = typed as Fields;
    const intent = intents.find((one) => one === fields.intent) ?? "draft";
    // Whoever adds a picture is not done with the rest.
    if (intent === "picture") return { fields, intent, input: {} as PostInput };
    const refuse = (field: FieldName, message: string) => context.addIssue({ code: "custom", message, path: [field] });
    const { name, content, language, visibility, tags } = withPicture(fields);
    const parsed = postInput.safeParse({
      ...{ name, content },
      language: language || "und",
      visibility: visibility || "public",
      tags: tags.split(/[,;\n]/),
      coverId: coverOf(fields),
    });
    if (!parsed.success)
      for (const { path, message } of parsed.error.issues) refuse(String(path[0]) as FieldName, message);
    if (fields.coverName.length > 1_500) refuse("coverName", "too-long");
    if (pictureFor(fields) && !fields.pictureName.trim()) refuse("pictureName", "words-required");
    const decorative = fields.coverDecorative === "yes";
    if (["publish", "save"].includes(intent) && coverOf(fields) && !fields.coverName.trim() && !decorative)
      refuse("coverName", "alternative-required");
    return { fields, intent, input: parsed.success ? parsed.data : ({} as PostInput) };
  });

/** What stands in the form of a post that is there. */
export const valuesOf = ({ post, cover }: DeskFullPost): Partial<Fields> => ({
  name: post.name,
  content: post.content,
  language: post.language,
  visibility: post.visibility,
  tags: post.tags.join(", "),
  coverKept: cover ? pictureToken(cover.id) : "",
  coverName: cover?.name ?? "",
  coverDecorative: cover && !cover.name ? "yes" : "",
  seen: post.updatedAt.toISOString(),
});
