import { PgBoss } from "pg-boss";
import { deadLetters, type JobKind, jobKinds, onceEach, schedules } from "./kinds.ts";

const day = 86_400;

/** Makes the queue's schema and every queue with its retries; after `migrateDatabase`, safe to repeat at each start. */
export async function ensureQueues(url: string): Promise<void> {
  const boss = await new PgBoss({ connectionString: url, max: 1, supervise: false, schedule: false }).start();
  const settings = {
    retryBackoff: true,
    expireInSeconds: 15 * 60,
    heartbeatSeconds: 20,
    retentionSeconds: 90 * day,
    deleteAfterSeconds: 3600,
    notify: true,
  };
  if (!(await boss.getQueue(deadLetters)))
    await boss.createQueue(deadLetters, { retentionSeconds: 30 * day, deleteAfterSeconds: 30 * day });
  for (const kind of Object.keys(jobKinds) as JobKind[]) {
    const queue = { ...settings, ...jobKinds[kind], deadLetter: deadLetters };
    if (await boss.getQueue(kind)) await boss.updateQueue(kind, queue);
    else await boss.createQueue(kind, { ...queue, policy: onceEach.includes(kind) ? "stately" : "standard" });
  }
  for (const [kind, cron] of Object.entries(schedules)) await boss.schedule(kind, cron, {}, { tz: "UTC" });
  await boss.stop({ graceful: false });
}
