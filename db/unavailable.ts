import { sqlState } from "./client.ts";

const away = new RegExp(
  [
    // Out of reach, out of room, being stopped, read-only, timed out, or taken again and again by others.
    "^(08|53|57|58|25006|25P03|55P03|40001|40P01)",
    "^CONNECT_TIMEOUT$|^CONNECTION_(CLOSED|ENDED|DESTROYED|REFUSED)$",
    "^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$",
    // The same of the directory that pictures are kept in.
    "^(ENOSPC|EDQUOT|EROFS|EACCES)$",
  ].join("|"),
);

/** Whether an error says that what we keep things in cannot be reached, is read-only, full, overloaded or timed out: try later. */
export const isUnavailable = (error: unknown): boolean => away.test(sqlState(error) ?? "");

/** What is only to be remembered goes without where the store takes nothing just now: whoever reads, reads on. */
export async function unlessUnavailable(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isUnavailable(error)) throw error;
  }
}
