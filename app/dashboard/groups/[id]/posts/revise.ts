import { keepPicture } from "#app/_web/kept-picture.ts";
import { draftSaved } from "#app/dashboard/events/revise.ts";
import type { Database } from "#db/client.ts";
import { describePicture } from "#lib/media/commands.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { revisePost } from "#lib/post/commands.ts";
import { getDeskPost } from "#lib/post/queries.ts";
import { Refusal } from "#lib/refusal.ts";
import { groupDeskPath, postPath } from "#lib/urls.ts";
import type { PostForm } from "./form/fields.ts";

/** The post's picture, and one for its text, kept until the form is done. */
export const pictures = { cover: keepPicture("cover"), picture: keepPicture("picture") };

export const postsDesk = (groupId: string): string => `${groupDeskPath(groupId)}/posts`;

/** Where a draft that saved itself is changed from then on. */
export const deskOf = (groupId: string, id: string) => ({
  action: `${postsDesk(groupId)}/${id}/revision`,
  page: `${postsDesk(groupId)}/${id}`,
});

/** A post at its group's desk, with `anywhere` also one that was written elsewhere. @throws Refusal not-found, also for another group's. */
export async function expectPost(
  db: Database,
  viewer: AccountViewer,
  { groupId, id }: { groupId: string; id: string },
  { anywhere = false } = {},
) {
  const found = await getDeskPost(db, viewer, id, { anywhere });
  if (found?.post.groupId !== groupId) throw new Refusal("not-found");
  return found;
}

/** Gives the chosen picture the words that the form has for it. */
export async function describeCover(db: Database, { fields, input }: PostForm): Promise<void> {
  if (input.coverId) await describePicture(db, input.coverId, fields.coverName.trim());
}

/**
 * Changes a post that was seen as it was at `seen`, and publishes a draft where that is meant. What saves by itself changes
 * drafts alone: others may read the rest, so somebody must have meant it.
 */
export async function revise(
  db: Database,
  viewer: AccountViewer,
  form: PostForm,
  { groupId, id, seen }: { groupId: string; id: string; seen: string },
): Promise<string | Response> {
  const { intent, input } = form;
  const found = await expectPost(db, viewer, { groupId, id });
  const seenAt = new Date(seen);
  if (Number.isNaN(seenAt.getTime()) || (intent === "autosave" && found.post.state !== "draft"))
    throw new Refusal("changed-meanwhile");
  await describeCover(db, form);
  const { updatedAt } = await revisePost(db, viewer, id, { ...input, publish: intent === "publish" }, { seenAt });
  if (intent === "autosave") return draftSaved(updatedAt, deskOf(groupId, id));
  if (intent === "preview") return postPath(id);
  if (intent === "publish" || intent === "save")
    return `${postPath(id)}?done=${intent === "publish" ? "published" : "saved"}#done`;
  return `${postsDesk(groupId)}/${id}?done=draft#done`;
}
