import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getConfig } from "#lib/config.ts";

const folder = () => join(/* turbopackIgnore: true */ getConfig().dataDir, "media");

/** Names are ours alone: 32 hexadecimal digits and an ending. */
const safe = /^[0-9a-f]{32}\.(webp|avif|jpg|png)$/;

const place = (name: string): string => {
  if (!safe.test(name)) throw new Error("Not a name of our storage.");
  return join(/* turbopackIgnore: true */ folder(), name);
};

/** Writes a file aside and renames it: there are no halves. */
export async function writeStored(name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder(), { recursive: true });
  const path = place(name);
  await writeFile(`${path}.part`, bytes);
  await rename(`${path}.part`, path);
}

/** The bytes of a stored file; null when it is gone. */
export async function readStored(name: string): Promise<Buffer | null> {
  try {
    return await readFile(place(name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Removes a stored file; one that is gone already is no fault. */
export const removeStored = (name: string): Promise<void> => rm(place(name), { force: true });
