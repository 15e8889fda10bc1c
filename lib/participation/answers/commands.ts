import { eq } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import type { Answer } from "./input.ts";

const { answers } = schema;

/** Keeps exactly these answers of a participation. */
export async function replaceAnswers(tx: Transaction, participationId: string, given: Answer[]): Promise<void> {
  await tx.delete(answers).where(eq(answers.participationId, participationId));
  if (given.length > 0) await tx.insert(answers).values(given.map((one) => ({ participationId, ...one })));
}
