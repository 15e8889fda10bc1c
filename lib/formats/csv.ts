/** What a spreadsheet would take for a formula begins so; an apostrophe in front makes it text (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r]/;

/** A text that no spreadsheet computes. A plain number with a sign stays a number. */
const inert = (text: string): string => (formula.test(text) && !/^[+-]?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text);

const cell = (value: string | number): string => `"${inert(String(value)).replaceAll('"', '""')}"`;

type Row = (string | number)[];

const lines = (rows: Row[]): string => rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");

/**
 * Rows as CSV (RFC 4180): all quoted, CRLF, with the byte order mark by which spreadsheets know UTF-8; piece by piece as
 * they come: however many there are, one page of them is in memory.
 */
export async function* streamCsv(pages: AsyncIterable<Row[]>): AsyncGenerator<string> {
  yield "\ufeff";
  for await (const rows of pages) yield lines(rows);
}
