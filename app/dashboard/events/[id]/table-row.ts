import type { Translate } from "#lib/locale/index.ts";
import type { QuestionRow } from "#lib/participation/answers/input.ts";
import type { Participant } from "#lib/participation/desk/queries.ts";

export type Row = (string | number)[];
type Asked = Pick<QuestionRow, "id" | "label">[];

const columns = ["Name", "Email", "State", "Guests", "Message", "Source", "Since", "Arrived"] as const;

/** The head of a table of participants, with a column a question. */
export const headOf = (t: Translate, questions: Asked): Row => [
  ...columns.map((column) => t(`desk.column${column}`)),
  ...questions.map(({ label }) => label),
];

/** A person's row under that head; `clock` writes a moment. */
export const rowOf = (
  t: Translate,
  clock: Pick<Intl.DateTimeFormat, "format">,
  questions: Asked,
  one: Participant,
): Row => [
  one.name,
  one.email ?? "",
  t(`desk.shelf_${one.state as "accepted"}`),
  one.guests,
  one.message,
  t(`desk.source_${one.source as "web"}`),
  clock.format(one.createdAt),
  one.checkedInAt ? clock.format(one.checkedInAt) : "",
  ...questions.map(({ id }) => {
    const answer = one.answers.find((given) => given.id === id);
    return answer ? answerWords(t, answer) : "";
  }),
];

/** What somebody answered, as it is read: a ticked box is kept as a code. */
export const answerWords = (t: Translate, { kind, value }: Participant["answers"][number]): string =>
  kind === "boolean" ? t("event.yes") : value;
