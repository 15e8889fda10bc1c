import { spend } from "#lib/limits/commands.ts";
import { storePicture } from "#lib/media/commands.ts";
import { pictureToken } from "#lib/media/token.ts";
import { Refusal } from "#lib/refusal.ts";
import { database } from "./database.ts";
import { expectSignedIn } from "./viewer.ts";

/**
 * Keeps the picture uploaded under a control until the form that it came with is done; what stands for it then is nothing
 * that a form could invent. @throws Refusal sign-in-first, too-many-requests, file-unreadable.
 */
export const keepPicture =
  (field: string, { square = false } = {}) =>
  async (bytes: Uint8Array): Promise<string> => {
    const uploaderId = (await expectSignedIn()).viewer.accountId;
    await spend(database(), "upload", uploaderId);
    try {
      return pictureToken(await storePicture(database(), bytes, "", { square, uploaderId }));
    } catch (error) {
      throw error instanceof Refusal ? new Refusal(error.code, { field }) : error;
    }
  };
