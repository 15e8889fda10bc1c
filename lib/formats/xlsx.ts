import { escapeHtml } from "#lib/html.ts";
import { toZip } from "./zip.ts";

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packages = "http://schemas.openxmlformats.org/package/2006";

/** Control characters that XML 1.0 cannot carry. */
const text = (value: string) =>
  escapeHtml(value.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ""));

const cell = (value: string | number): string =>
  typeof value === "number" && Number.isFinite(value)
    ? `<c><v>${value}</v></c>`
    : `<c t="inlineStr"><is><t xml:space="preserve">${text(String(value))}</t></is></c>`;

/**
 * One sheet as an Office Open XML workbook (ECMA-376): texts are inline strings, which are never computed, so that a name
 * such as `=1+1` stays a name. At most 1,048,576 rows.
 */
export function toXlsx(name: string, rows: (string | number)[][], at: Date): Buffer {
  const sheet = rows.map((row) => `<row>${row.map(cell).join("")}</row>`).join("");
  const title = text(
    name
      .replace(/[\\/?*[\]:]/g, " ")
      .slice(0, 31)
      .trim() || "1",
  );
  return toZip(
    [
      {
        name: "[Content_Types].xml",
        content: `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
      },
      {
        name: "_rels/.rels",
        content: `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      },
      {
        name: "xl/workbook.xml",
        content: `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${title}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      },
      {
        name: "xl/_rels/workbook.xml.rels",
        content: `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      },
      {
        name: "xl/worksheets/sheet1.xml",
        content: `${head}<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
      },
    ],
    at,
  );
}
