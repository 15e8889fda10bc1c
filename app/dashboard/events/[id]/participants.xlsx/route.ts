import { toXlsx } from "#lib/formats/xlsx.ts";
import { tableAnswer } from "../table.ts";

const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The same as a workbook. */
export const GET = async (_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> =>
  tableAnswer((await params).id, "xlsx", type, ({ name, rows }) => toXlsx(name, rows, new Date()));
