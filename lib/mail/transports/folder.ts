import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";

/** Writes a file aside, flushes and renames it: whoever looks sees a whole file or none. Again: the same file. */
export async function putFile(directory: string, name: string, bytes: Buffer | string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const aside = join(directory, `.${name}.part`);
  const file = await open(aside, "w", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, join(directory, name));
}
