import type { schema } from "#db/client.ts";
import { Refusal } from "#lib/refusal.ts";

export type QuestionRow = typeof schema.questions.$inferSelect;
export type Answer = { questionId: string; value: string };

/**
 * The answers that fit an event's questions; others are dropped, empty ones are no answers.
 * @throws Refusal `answer-required` or `choice-invalid` at the field.
 */
export function answersTo(questions: QuestionRow[], given: Record<string, string>): Answer[] {
  return questions.flatMap((question) => {
    const value = (Object.hasOwn(given, question.id) ? given[question.id]! : "").trim();
    const field = `answers[${question.id}]`;
    if (value === "") {
      if (question.required) throw new Refusal("answer-required", { field });
      return [];
    }
    const offered = question.kind === "choice" ? question.choices : question.kind === "boolean" ? ["yes"] : null;
    if (offered && !offered.includes(value)) throw new Refusal("choice-invalid", { field });
    return [{ questionId: question.id, value }];
  });
}
