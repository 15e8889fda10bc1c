import { z } from "zod";
import { isId } from "#lib/ids.ts";
import { webUrl } from "#lib/urls.ts";

/** What can be put among the resources of a group; a pad and a call are made of the host's templates (`room.ts`). */
export type ResourceType = "folder" | "link" | "pad" | "call";

/** The longest name and summary, in characters. */
export const longest = { name: 200, summary: 500, url: 2048 };

const name = z.string().trim().max(longest.name, "too-long");
const summary = z.string().trim().max(longest.summary, "too-long").default("");
/** The folder to put it into; none: at the top. */
const folder = z
  .union([z.literal(""), z.string().refine(isId)], "choice-invalid")
  .default("")
  .transform((id) => id || null);
/** As people write addresses: also without `https://`. */
const url = z
  .string()
  .trim()
  .transform((value, context) => {
    const whole = /^[\w-]+(\.[\w-]+)+(:\d+)?([/?#]|$)/.test(value) ? `https://${value}` : value;
    const found = webUrl(whole);
    if (found === null) context.addIssue(value === "" ? "required" : "url-invalid");
    return found ?? value;
  });

/** Something new: a link has an address, and need not be given a name; all else has a name. */
export const resourceInput = z.discriminatedUnion(
  "type",
  [
    z.object({ type: z.literal("link"), name: name.default(""), url, summary, folder }),
    z.object({ type: z.enum(["folder", "pad", "call"]), name: name.min(1, "required"), summary, folder }),
  ],
  "choice-invalid",
);
export type ResourceInput = z.output<typeof resourceInput>;

/** What may be changed of it; a folder has no address. */
export const revisionInput = z.object({ name: name.min(1, "required"), url: url.optional(), summary });
export type RevisionInput = z.output<typeof revisionInput>;

export const moveInput = z.object({ folder });
