import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

// A handle that nobody holds would be collected, and the lock with it.
const held = new Set<DatabaseSync>();

/**
 * Makes this process the one owner of a directory, or returns null when it has one; the result gives it up again.
 * The lock is the kernel's, by way of SQLite (Node itself has no file locks): it is atomic and ends with its process,
 * so that nothing stale is left after `kill -9`.
 */
export function takeOwnership(directory: string): (() => void) | null {
  const lock = new DatabaseSync(join(directory, "owner.lock"));
  try {
    lock.exec("pragma busy_timeout = 0; begin exclusive");
    held.add(lock);
    return () => void (held.delete(lock) && lock.close());
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === 5) return null;
    throw error;
  }
}
