import { type Database, transact } from "#db/client.ts";
import { trySpend } from "#lib/limits/commands.ts";
import { addressKey, canonicalAddress } from "#lib/secrets.ts";
import { suppressAndMark } from "../commands.ts";
import { readReturned } from "./input.ts";
import { isSigned, type Signed } from "./signature.ts";

/**
 * Takes a provider's word on what became of our mail: an address that refused it for good, or whose owner called it spam,
 * gets no more, and organisers see that it cannot be reached. False for what the provider did not sign, or signed long
 * ago, and for what it has told before: then nothing changes.
 */
export async function settleReturned(db: Database, secret: string, signed: Signed, body: string): Promise<boolean> {
  if (!isSigned(secret, signed, body, Date.now())) return false;
  return transact(db, async (tx) => {
    if ((await trySpend(tx, "webhook", signed.id!)) > 0) return false;
    const returned = readReturned(body);
    for (const address of returned?.to ?? []) {
      const canonical = canonicalAddress(address.replace(/^.*<([^<>]*)>\s*$/, "$1"));
      if (canonical) await suppressAndMark(tx, addressKey(canonical), returned!.reason);
    }
    return true;
  });
}
