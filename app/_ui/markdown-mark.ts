export const marks = ["bold", "italic", "heading", "list", "quote", "link"] as const;
export type Mark = (typeof marks)[number];

/** What a press changes: the text from `start` to `end` gives way to `text`, of which `from` to `to` is then selected. */
type Edit = { start: number; end: number; text: string; from: number; to: number };

const around: Partial<Record<Mark, string>> = { bold: "**", italic: "*" };
const before: Partial<Record<Mark, string>> = { heading: "# ", list: "- ", quote: "> " };

/**
 * Markdown for a mark on the selection, taken away again where it stands already. `filler` stands for words that are not
 * there yet, and is selected so that typing replaces it.
 */
export function markText(value: string, start: number, end: number, mark: Mark, filler: string): Edit {
  const selected = value.slice(start, end);
  const sign = around[mark];
  if (sign) return between(value, start, end, sign, filler);
  const prefix = before[mark];
  if (prefix) return onLines(value, start, end, prefix, filler);
  const address = /^https?:\/\/\S+$/.test(selected) ? selected : "https://";
  const words = address === selected ? filler : selected || filler;
  const text = `[${words}](${address})`;
  // What is missing is selected: the words of a link that was pasted, the address of words that stood there.
  const [from, to] = words === selected ? [words.length + 3, text.length - 1] : [1, 1 + words.length];
  return { start, end, text, from: start + from, to: start + to };
}

function between(value: string, start: number, end: number, sign: string, filler: string): Edit {
  const selected = value.slice(start, end);
  const [ahead, behind] = [value.slice(0, start), value.slice(end)];
  // "**" begins with "*": a bold word is not an italic one.
  const alone = sign.length > 1 || !(ahead.endsWith("**") && !ahead.endsWith("***"));
  if (selected && alone && ahead.endsWith(sign) && behind.startsWith(sign)) {
    const [from, to] = [start - sign.length, end + sign.length];
    return { start: from, end: to, text: selected, from, to: from + selected.length };
  }
  // Spaces at its edges would leave the signs standing as they are (CommonMark 6.2).
  const [, space = "", words = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(selected)!;
  const shown = words || filler;
  const from = start + space.length + sign.length;
  return { start, end, text: `${space}${sign}${shown}${sign}${after}`, from, to: from + shown.length };
}

function onLines(value: string, start: number, end: number, prefix: string, filler: string): Edit {
  const first = value.lastIndexOf("\n", start - 1) + 1;
  const next = value.indexOf("\n", end);
  const last = next < 0 ? value.length : next;
  const lines = value.slice(first, last).split("\n");
  const marked = lines.every((line) => line.startsWith(prefix));
  const changed = lines.map((line) => (marked ? line.slice(prefix.length) : `${prefix}${line}`));
  const empty = !marked && value.slice(first, last).trim() === "";
  const text = empty ? `${prefix}${filler}` : changed.join("\n");
  const gap = first > 0 && !value.slice(0, first).endsWith("\n\n") && !marked && prefix !== "> " && empty ? "\n" : "";
  const from = first + gap.length + (empty ? prefix.length : 0);
  return { start: first, end: last, text: gap + text, from, to: first + gap.length + text.length };
}
