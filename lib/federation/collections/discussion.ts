import type { Db } from "#db/client.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { actorUri } from "../addresses.ts";
import type { Json } from "../documents.ts";
import {
  countMessages,
  describeMessage,
  discussionToTell,
  messagesToTell,
  reads,
  repliesUri,
} from "../objects/discussion.ts";
import { isPage, paged } from "./page.ts";
import { passedOn } from "./passed.ts";

/**
 * What was said in a discussion of a group of ours, wherever it was opened, the latest first, or a page of it: for whoever
 * reads among its members, and for nobody else.
 */
export async function messagesCollection(
  db: Db,
  discussionId: string,
  { viewer, page }: { viewer: Viewer; page: string | undefined },
): Promise<Json | null> {
  const told = isPage(page) ? await discussionToTell(db, discussionId) : null;
  if (!told || told.discussion.deletedAt || told.group.host !== null || !(await reads(db, viewer, told.group)))
    return null;
  const { group } = told;
  const items = async (after: string | undefined, limit: number) => {
    const rows = await messagesToTell(db, told, { after, limit });
    const passed = await passedOn(
      db,
      group,
      rows.map(({ message }) => message),
    );
    return rows.map((row) => ({
      id: row.message.id,
      ...(passed.get(row.message.id) ?? { item: describeMessage(row) }),
    }));
  };
  const total = await countMessages(db, discussionId);
  return paged(repliesUri(told.discussion), { attributedTo: actorUri(group), page, total, items });
}
