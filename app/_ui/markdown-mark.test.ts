import fc from "fast-check";
import { expect, it } from "vitest";
import { type Mark, marks, markText } from "./markdown-mark.ts";

/** "a [b] c": the selection stands between the brackets, before and after. */
function press(text: string, mark: Mark): string {
  const [start, end] = [text.indexOf("["), text.indexOf("]") - 1];
  const value = text.replace("[", "").replace("]", "");
  const edit = markText(value, start, end, mark, "words");
  const after = value.slice(0, edit.start) + edit.text + value.slice(edit.end);
  return `${after.slice(0, edit.from)}[${after.slice(edit.from, edit.to)}]${after.slice(edit.to)}`;
}

it.each<[Mark, string, string]>([
  ["bold", "a [b] c", "a **[b]** c"],
  ["bold", "a **[b]** c", "a [b] c"],
  ["bold", "a [] c", "a **[words]** c"],
  ["bold", "a[ b ]c", "a **[b]** c"],
  ["italic", "a [b]", "a *[b]*"],
  ["italic", "a *[b]*", "a [b]"],
  ["italic", "a **[b]**", "a ***[b]***"],
  ["italic", "a ***[b]***", "a **[b]**"],
  ["heading", "a\n[b]\nc", "a\n[# b]\nc"],
  ["heading", "a\n# b[]", "a\n[b]"],
  ["list", "[a\nb]", "[- a\n- b]"],
  ["list", "- a[\n]- b", "[a\nb]"],
  ["list", "a\n[]", "a\n\n- [words]"],
  ["quote", "[a\nb]", "[> a\n> b]"],
])("%s on %j", (mark, before, after) => {
  expect(press(before, mark)).toBe(after);
});

it("makes a link of words, or of an address, and selects what is missing", () => {
  const link = (value: string, start: number, end: number) => {
    const edit = markText(value, start, end, "link", "words");
    const after = value.slice(0, edit.start) + edit.text + value.slice(edit.end);
    return [after, after.slice(edit.from, edit.to)];
  };
  expect(link("see this", 4, 8)).toEqual(["see [this](https://)", "https://"]);
  expect(link("see https://a.example", 4, 21)).toEqual(["see [words](https://a.example)", "words"]);
  expect(link("", 0, 0)).toEqual(["[words](https://)", "words"]);
});

it("loses nothing that was typed, whatever is selected", () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.nat(), fc.constantFrom(...marks), (value, a, b, mark) => {
      const [start, end] = [a % (value.length + 1), b % (value.length + 1)].sort((x, y) => x - y) as [number, number];
      const edit = markText(value, start, end, mark, "words");
      const after = value.slice(0, edit.start) + edit.text + value.slice(edit.end);
      const letters = (text: string) => text.replace(/words|https:\/\/|[*#>\-[\]()\s]/g, "");
      expect(letters(after)).toBe(letters(value));
      expect(edit.from).toBeLessThanOrEqual(edit.to);
      expect(edit.to).toBeLessThanOrEqual(after.length);
    }),
  );
});
