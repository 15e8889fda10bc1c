import type { Command } from "commander";
import { operator } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { answer, atDesk, t } from "./desk.ts";

/** New keys for an actor of this server, or for the server itself. */
async function rotate(handle: string, { json }: { json?: boolean }): Promise<void> {
  await atDesk(async ({ db }) => {
    // Loaded here alone: Fedify takes longer to load than most verbs to run.
    const { localActor } = await import("#lib/federation/actors.ts");
    const { keysOf, rotateKeys } = await import("#lib/federation/keys.ts");
    const actor = await localActor(db, handle.replace(/^@/, "").toLowerCase());
    if (!actor) throw new Refusal("not-found");
    await rotateKeys(db, operator, actor.id);
    const { rsaName, ed25519Name } = await keysOf(db, actor.id);
    const names = { handle: actor.handle, rsa: rsaName, ed25519: ed25519Name };
    answer(json, names, t("operator.keysRotated", names));
  });
}

export function keysVerbs(program: Command): void {
  program
    .command("keys")
    .description(t("operator.keys"))
    .command("rotate")
    .description(t("operator.keysRotate"))
    .argument("<handle>", t("operator.keysHandle"))
    .option("--json", t("operator.json"))
    .action(rotate);
}
