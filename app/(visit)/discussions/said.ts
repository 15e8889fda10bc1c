import { z } from "zod";
import { type Pictured, pictureFor, withPicture } from "#app/dashboard/events/form/picture.ts";
import type { Translate } from "#lib/locale/index.ts";

/** What the controls of the form are called, for the summary of errors; the one of the words as `content` says. */
export const saidLabels = (t: Translate, content: string) => ({
  content,
  actor: t("talk.writeAs"),
  picture: t("desk.field_picture"),
  pictureName: t("desk.field_pictureName"),
});

const text = z.string().default("");
const other = z.string().optional();
const typed = z.object({
  ...{ content: text, picture: text, pictureKept: text, pictureName: text, intent: text },
  ...{ name: other, actor: other, quoted: other },
});

/** `input` is null where only the picture is to be put into the text. */
type SaidForm<T> = { fields: Pictured & Record<string, string>; input: T | null };

/** The form of what is said among members, with its picture at the end of its words. */
export const saidForm = <T>(said: z.ZodType<T>) =>
  typed.transform(({ intent, ...all }, context): SaidForm<T> => {
    const fields = all as SaidForm<T>["fields"];
    if (intent === "picture") return { fields, input: null };
    const refuse = (field: string, message: string) => context.addIssue({ code: "custom", message, path: [field] });
    const { success, data, error } = said.safeParse(withPicture(fields));
    if (!success) for (const { path, message } of error.issues) refuse(String(path[0]), message);
    if (pictureFor(fields) && !fields.pictureName.trim()) refuse("pictureName", "words-required");
    return { fields, input: data ?? null };
  });
