import { type Command, Option } from "commander";
import { shortDate } from "#lib/locale/dates.ts";
import { stateWords } from "#lib/locale/states.ts";
import { decideParticipation } from "#lib/participation/decision/commands.ts";
import { listParticipations } from "#lib/participation/queries.ts";
import { operator } from "#lib/policy/viewer.ts";
import { answer, atDesk, locale, t } from "./desk.ts";
import { showEvent } from "./event.ts";

async function list(eventId: string, { state, json }: { state?: string; json?: boolean }): Promise<void> {
  await atDesk(async ({ db }) => {
    const { timezone } = await showEvent(db, eventId);
    const rows: Awaited<ReturnType<typeof listParticipations>> = [];
    for (let after: string | undefined; ; after = rows.at(-1)!.id) {
      const page = await listParticipations(db, operator, { eventId, state, after });
      rows.push(...page);
      if (page.length < 200) break;
    }
    const lines = rows.map(({ id, state, email, name, guests, createdAt }) => {
      const since = shortDate(locale, { startTime: createdAt, timezone, allDay: false });
      return [id, state.padEnd(11), since, email ?? "–", name, guests > 0 ? `+${guests}` : ""]
        .filter(Boolean)
        .join("  ");
    });
    answer(json, rows, lines.length > 0 ? lines : t("operator.participationNone"));
  });
}

const decide =
  (decision: "approve" | "reject", sentence: "operator.approved" | "operator.rejected") =>
  (participationId: string, { json }: { json?: boolean }): Promise<void> =>
    atDesk(async ({ db }) => {
      await decideParticipation(db, operator, { participationId, decision });
      answer(json, { id: participationId, state: decision === "approve" ? "accepted" : "rejected" }, t(sentence));
    });

export function participationVerbs(program: Command): void {
  const participation = program.command("participation").description(t("operator.participation"));
  participation
    .command("list")
    .description(t("operator.participationList"))
    .argument("<event>", t("operator.eventId"))
    .addOption(new Option("--state <state>", t("operator.participationState")).choices(Object.keys(stateWords)))
    .option("--json", t("operator.json"))
    .action(list);
  participation
    .command("approve")
    .description(t("operator.participationApprove"))
    .argument("<id>", t("operator.participationId"))
    .option("--json", t("operator.json"))
    .action(decide("approve", "operator.approved"));
  participation
    .command("reject")
    .description(t("operator.participationReject"))
    .argument("<id>", t("operator.participationId"))
    .option("--json", t("operator.json"))
    .action(decide("reject", "operator.rejected"));
}
