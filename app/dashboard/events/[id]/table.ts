import { database } from "#app/_web/database.ts";
import { faultAnswer } from "#app/_web/fault-answer.ts";
import { getReader } from "#app/_web/reader.ts";
import { getViewer } from "#app/_web/viewer.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import { getDecidableEvent, listForTable, type Participant } from "#lib/participation/desk/queries.ts";
import { listQuestions } from "#lib/participation/queries.ts";
import { headOf, type Row, rowOf } from "./table-row.ts";

/** A head row, then a person a row with a column a question, page by page. */
type Table = { name: string; pages: AsyncIterable<Row[]> };

const pageSize = 1_000;

/** The participants of an event as a table; null: not for this viewer. */
async function openTable(id: string): Promise<Table | null> {
  const db = database();
  const [{ t, locale }, at] = [await getReader(), await getDecidableEvent(db, await getViewer(), id)];
  if (!at) return null;
  const { name, timezone } = at.event;
  const questions = await listQuestions(db, id);
  const clock = dateFormat(locale, timezone, { dateStyle: "short", timeStyle: "short" });
  async function* pages(): AsyncGenerator<Row[]> {
    yield [headOf(t, questions)];
    for (let after: string | null = null; ; ) {
      const page: Participant[] = await listForTable(db, id, after, pageSize);
      yield page.map((one) => rowOf(t, clock, questions, one));
      if (page.length < pageSize) return;
      after = page.at(-1)!.id;
    }
  }
  return { name, pages: pages() };
}

/** A file of an event's participants; for others the same 404 as for an event that is not there. */
export async function tableAnswer(
  id: string,
  extension: "csv" | "xlsx",
  type: string,
  write: (table: Table) => BodyInit | Promise<BodyInit>,
): Promise<Response> {
  const table = await openTable(id);
  if (!table) {
    const { t, locale } = await getReader();
    return faultAnswer(404, locale, t("refusals.not-found"));
  }
  return new Response(await write(table), {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="participants.${extension}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
