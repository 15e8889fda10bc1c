import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getConfig } from "#lib/config.ts";

function folder(): string {
  const { dataDir, storageDir } = getConfig();
  return storageDir ?? join(/* turbopackIgnore: true */ dataDir, "media");
}

/** Names are ours alone: 32 hexadecimal digits and an ending. */
const safe = /^[0-9a-f]{32}\.(webp|avif|jpg|png)$/;

const place = (name: string): string => {
  if (!safe.test(name)) throw new Error("Not a name of our storage.");
  return join(/* turbopackIgnore: true */ folder(), name);
};

/** Writes a file aside and renames it: there are no halves, also where there is no room for it. */
export async function writeStored(name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder(), { recursive: true });
  const path = place(name);
  try {
    await writeFile(`${path}.part`, bytes);
    await rename(`${path}.part`, path);
  } catch (error) {
    await rm(`${path}.part`, { force: true }).catch(() => {});
    throw error;
  }
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
