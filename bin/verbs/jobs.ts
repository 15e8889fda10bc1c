import type { Command } from "commander";
import { isId } from "#lib/ids.ts";
import { countJobs, listDeadLetters, retryDeadLetters } from "#lib/jobs/letters.ts";
import { Refusal } from "#lib/refusal.ts";
import { answer, atDesk, t } from "./desk.ts";

async function list({ json }: { json?: boolean }): Promise<void> {
  await atDesk(async ({ db }) => {
    const [waiting, dead] = [await countJobs(db), await listDeadLetters(db)];
    const lines = waiting.map((count) => t("operator.jobsWaiting", count));
    if (dead.length > 0) lines.push(t("operator.jobsGivenUp", { count: dead.length }));
    for (const { id, kind, since, reason } of dead) lines.push(`  ${id}  ${kind}  ${since.toISOString()}  ${reason}`);
    answer(json, { waiting, dead }, lines.length > 0 ? lines : t("operator.jobsNone"));
  });
}

async function retry(ids: string[], { json }: { json?: boolean }): Promise<void> {
  if (!ids.every(isId)) throw new Refusal("not-found");
  await atDesk(async ({ url }) => {
    const count = await retryDeadLetters(url, ids);
    answer(json, { retried: count }, t("operator.jobsRetried", { count }));
  });
}

export function jobsVerbs(program: Command): void {
  const jobs = program.command("jobs").description(t("operator.jobs"));
  jobs.command("list").description(t("operator.jobsList")).option("--json", t("operator.json")).action(list);
  jobs
    .command("retry")
    .description(t("operator.jobsRetry"))
    .argument("[id...]")
    .option("--json", t("operator.json"))
    .action(retry);
}
