import { ownInstance } from "./instance.ts";
import { getSignedIn } from "./viewer.ts";

/** The zone in which a page names days that belong to no place: the reader's own, else the server's. */
export const readerZone = async (): Promise<string> =>
  (await getSignedIn())?.timezone ?? (await ownInstance()).timezone;
