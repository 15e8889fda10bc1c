import { streamOf } from "#app/_web/stream.ts";
import { streamCsv } from "#lib/formats/csv.ts";
import { tableAnswer } from "../table.ts";

/** Who takes part, for a spreadsheet. */
export const GET = async (_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> =>
  tableAnswer((await params).id, "csv", "text/csv; charset=utf-8", ({ pages }) => streamOf(streamCsv(pages)));
