const day = 86_400_000;

export type Mirrored = { uri: string | null; fetchedAt: Date | null };

/** Whether what is known of another server's event is older than a day; of ours, never. */
export const isStale = ({ uri, fetchedAt }: Mirrored, now: Date): boolean =>
  uri !== null && (fetchedAt === null || now.getTime() - fetchedAt.getTime() > day);

/** The page of another server's event where it comes from; null for ours. */
export const originOf = ({ uri, url }: { uri: string | null; url: string | null }): string | null =>
  uri === null ? null : (url ?? uri);
