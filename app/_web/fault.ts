import { isUnavailable } from "#db/unavailable.ts";
import { log } from "#lib/log.ts";
import { answerWith } from "./request.ts";

/** A database that is away is 503, whatever else is our fault; both are logged, without the query string. */
export function noteFault(error: unknown, request: { path: string; method: string }): void {
  if (isUnavailable(error)) answerWith(503, 30);
  log("web").error("A page failed", { path: request.path.split("?")[0], method: request.method, error });
}
