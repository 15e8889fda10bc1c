import { database } from "#app/_web/database.ts";
import { faultAnswer } from "#app/_web/fault-answer.ts";
import { getReader } from "#app/_web/reader.ts";
import { getViewer } from "#app/_web/viewer.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import { getDecidableEvent, listForTable, type Participant } from "#lib/participation/desk/queries.ts";
import { listQuestions } from "#lib/participation/queries.ts";

type Table = { name: string; rows: (string | number)[][] };

/** Participants as a table: a head row, then a person a row, with a column a question. Null: not for this viewer. */
async function participantsTable(id: string): Promise<Table | null> {
  const db = database();
  const [{ t, locale }, at] = [await getReader(), await getDecidableEvent(db, await getViewer(), id)];
  if (!at) return null;
  const { event } = at;
  const questions = await listQuestions(db, id);
  const since = dateFormat(locale, event.timezone, { dateStyle: "short", timeStyle: "short" });
  const people: Participant[] = [];
  for (let after: string | null = null; ; after = people.at(-1)!.id) {
    const page: Participant[] = await listForTable(db, id, after);
    people.push(...page);
    if (page.length < 1_000) break;
  }
  const columns = ["Name", "Email", "State", "Guests", "Message", "Source", "Since", "Arrived"] as const;
  const head = [...columns.map((column) => t(`desk.column${column}`)), ...questions.map(({ label }) => label)];
  const rows = people.map((one) => [
    one.name,
    one.email ?? "",
    t(`desk.shelf_${one.state === "tentative" ? "waitlisted" : (one.state as "accepted")}`),
    one.guests,
    one.message,
    t(`desk.source_${one.source as "web"}`),
    since.format(one.createdAt),
    one.checkedInAt ? since.format(one.checkedInAt) : "",
    ...questions.map(({ label }) => one.answers.find((answer) => answer.label === label)?.value ?? ""),
  ]);
  return { name: event.name, rows: [head, ...rows] };
}

/** A file of an event's participants; for others the same 404 as for an event that is not there. */
export async function tableAnswer(
  id: string,
  extension: "csv" | "xlsx",
  type: string,
  write: (table: Table) => string | Buffer,
): Promise<Response> {
  const table = await participantsTable(id);
  if (!table) {
    const { t, locale } = await getReader();
    return faultAnswer(404, locale, t("refusals.not-found"));
  }
  return new Response(write(table) as BodyInit, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="participants.${extension}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
