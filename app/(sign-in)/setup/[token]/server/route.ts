import { z } from "zod";
import { expectSetup } from "#lib/account/setup/commands.ts";
import { updateInstance } from "#lib/instance/commands.ts";
import { canonicalAddress } from "#lib/secrets.ts";
import { setupPath } from "#lib/urls.ts";
import { tokenDoor } from "../../../token-door.ts";

const line = (max: number) =>
  z
    .string()
    .transform((text) => text.replace(/\s+/g, " ").trim())
    .pipe(z.string().max(max, "too-long"));

const input = z.object({
  name: line(100).pipe(z.string().min(1, "required")),
  description: z.string().trim().max(500, "too-long").default(""),
  contact: line(254)
    .refine((text) => text === "" || canonicalAddress(text) !== null, "email-invalid")
    .default(""),
  language: z.enum(["en", "fr"], "choice-invalid"),
  registration: z.enum(["open", "approval", "closed"], "choice-invalid"),
});

export const POST = tokenDoor(input, setupPath, async (db, token, values) => {
  await expectSetup(db, token);
  await updateInstance(db, values);
  return `${setupPath(token)}/administrator`;
});
