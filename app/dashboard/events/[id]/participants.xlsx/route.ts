import { toXlsx } from "#lib/formats/xlsx.ts";
import { tableAnswer } from "../table.ts";

const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The same as a workbook. */
export const GET = async (_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> =>
  tableAnswer((await params).id, "xlsx", type, async ({ name, pages }) => {
    const rows: (string | number)[][] = [];
    for await (const page of pages) rows.push(...page);
    return new Uint8Array(toXlsx(name, rows, new Date()));
  });
