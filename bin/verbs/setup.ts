import type { Command } from "commander";
import { hasAdministrator, setupToken } from "#lib/account/setup/queries.ts";
import { absolute, setupPath } from "#lib/urls.ts";
import { answer, atDesk, t } from "./desk.ts";

/** Where the first administrator is made, as the log of a start says it; nowhere once somebody administers the server. */
async function setUp({ json }: { json?: boolean }): Promise<void> {
  await atDesk(async ({ db }) => {
    const url = (await hasAdministrator(db)) ? null : absolute(setupPath(await setupToken(db)));
    answer(json, { administered: url === null, url }, url ? t("operator.setupAt", { url }) : t("operator.setupDone"));
  });
}

export function setupVerbs(program: Command): void {
  program.command("setup").description(t("operator.setup")).option("--json", t("operator.json")).action(setUp);
}
