const day = 86_400_000;

export type Mirrored = { uri: string | null; fetchedAt: Date | null; authorId: string | null; visibility: string };

/** What is for a few, in the name of a group elsewhere than it lives: its server knows not all of them, and it changes by word alone. */
const isInner = ({ authorId, visibility }: Mirrored): boolean =>
  authorId !== null && (visibility === "followers" || visibility === "members");

/** Whether what is known of another server's event is older than a day, and can be asked for; of ours, never. */
export function isStale(event: Mirrored, now: Date): boolean {
  const { uri, fetchedAt } = event;
  if (uri === null || isInner(event)) return false;
  return fetchedAt === null || now.getTime() - fetchedAt.getTime() > day;
}

/** The page of another server's event where it comes from; null for ours. */
export const originOf = ({ uri, url }: { uri: string | null; url: string | null }): string | null =>
  uri === null ? null : (url ?? uri);
