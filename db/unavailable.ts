import { sqlState } from "./client.ts";

const away =
  /^(08|53|57|58|25006|55P03)|^(CONNECT_TIMEOUT|CONNECTION_(CLOSED|ENDED|DESTROYED|REFUSED)|ECONNREFUSED|ECONNRESET|EPIPE)$/;

/** Whether an error says that the database cannot be reached, is read-only, full, overloaded or timed out: try later. */
export const isUnavailable = (error: unknown): boolean => away.test(sqlState(error) ?? "");
