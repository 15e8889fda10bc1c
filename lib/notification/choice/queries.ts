import { and, eq } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { type Cadence, defaults, type Matrix, type Subject } from "./matrix.ts";

const { notificationChoices } = schema;

/** What an account is told by mail, and how often. By primary key. */
export async function getMatrix(db: Db, accountId: string): Promise<Matrix> {
  const rows = await db
    .select({ subject: notificationChoices.subject, cadence: notificationChoices.cadence })
    .from(notificationChoices)
    .where(eq(notificationChoices.accountId, accountId));
  const chosen = new Map(rows.map(({ subject, cadence }) => [subject, cadence]));
  const entries = Object.entries(defaults).map(([subject, cadence]) => [subject, chosen.get(subject) ?? cadence]);
  return Object.fromEntries(entries) as Matrix;
}

/** How often an account hears of one thing. By primary key. */
export async function getCadence(db: Db, accountId: string, subject: Subject): Promise<Cadence> {
  const [row] = await db
    .select({ cadence: notificationChoices.cadence })
    .from(notificationChoices)
    .where(and(eq(notificationChoices.accountId, accountId), eq(notificationChoices.subject, subject)));
  return (row?.cadence as Cadence | undefined) ?? defaults[subject];
}
