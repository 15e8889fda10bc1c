import { eq, inArray } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import type { EventInput } from "../input.ts";

const { questions } = schema;

/** Makes an event's questions these ones. A question that stays as it is, where it is, keeps its answers. */
export async function setQuestions(
  tx: Transaction,
  eventId: string,
  asked: NonNullable<EventInput["questions"]>,
): Promise<void> {
  const wanted = asked.map(({ kind, label, choices = [], required = false }, index) => ({
    position: index + 1,
    kind,
    label,
    choices,
    required,
  }));
  const same = (a: Omit<(typeof wanted)[number], "kind"> & { kind: string }) =>
    JSON.stringify([a.position, a.kind, a.label, a.choices, a.required]);
  const there = await tx.select().from(questions).where(eq(questions.eventId, eventId));
  const kept = new Set(there.map(same).filter((one) => wanted.some((other) => same(other) === one)));
  const gone = there.filter((one) => !kept.has(same(one))).map(({ id }) => id);
  if (gone.length > 0) await tx.delete(questions).where(inArray(questions.id, gone));
  const added = wanted.filter((one) => !kept.has(same(one)));
  if (added.length > 0) await tx.insert(questions).values(added.map((one) => ({ id: newId(), eventId, ...one })));
}
