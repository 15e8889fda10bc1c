import { sql } from "drizzle-orm";
import { PgBoss } from "pg-boss";
import type { Db } from "#db/client.ts";
import { redact } from "#lib/log.ts";
import { deadLetters } from "./kinds.ts";

type JobCount = { kind: string; waiting: number; running: number; failing: number };
type DeadLetter = { id: string; kind: string; since: Date; tries: number; reason: string; payload: object };

/** What is to be done, by kind: `failing` has been tried and will be tried again. */
export async function countJobs(db: Db): Promise<JobCount[]> {
  const rows = await db.execute<JobCount>(sql`
    select name as kind,
      count(*) filter (where state = 'created')::int as waiting,
      count(*) filter (where state = 'active')::int as running,
      count(*) filter (where state = 'retry')::int as failing
    from pgboss.job where state in ('created', 'active', 'retry') and name <> ${deadLetters} and name not like '\\_\\_%'
    group by name order by name`);
  return [...rows];
}

/** What was given up, newest first, 200 at most, with the reason: without addresses and tokens. */
export async function listDeadLetters(db: Db): Promise<DeadLetter[]> {
  const rows = await db.execute<Omit<DeadLetter, "since"> & { since: string }>(sql`
    select id, coalesce(source_name, '?') as kind, created_on as since, coalesce(source_retry_count, 0) + 1 as tries,
      coalesce(source_output->>'message', source_output::text, output->>'message', output::text, '') as reason, data as payload
    from pgboss.job where name = ${deadLetters} and state in ('created', 'retry') order by created_on desc limit 200`);
  return rows.map((row) => ({ ...row, since: new Date(row.since), reason: redact(row.reason).slice(0, 500) }));
}

/** Puts back into their queues what was given up: all of it, or the dead letters named. Returns how many. */
export async function retryDeadLetters(url: string, ids: string[] = []): Promise<number> {
  const boss = await new PgBoss({
    connectionString: url,
    max: 1,
    supervise: false,
    schedule: false,
    migrate: false,
  }).start();
  try {
    return await boss.redrive(deadLetters, ids.length > 0 ? { ids } : {});
  } finally {
    await boss.stop({ graceful: false });
  }
}
