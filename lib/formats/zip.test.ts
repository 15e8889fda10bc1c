import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { streamZip, toZip } from "./zip.ts";

const at = new Date("2026-11-23T12:34:56Z");
const python = (() => {
  try {
    execFileSync("python3", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** Reads an archive back by its central directory, as every program does. */
function read(zip: Buffer): Record<string, string> {
  const end = zip.lastIndexOf("PK\x05\x06");
  const files: Record<string, string> = {};
  let place = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [size, name] = [zip.readUInt32LE(place + 24), zip.readUInt16LE(place + 28)];
    const local = zip.readUInt32LE(place + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26);
    files[zip.subarray(place + 46, place + 46 + name).toString()] = zip.subarray(start, start + size).toString();
    place += 46 + name;
  }
  return files;
}

it("holds every file whole, under its name, in any script", () => {
  const files = { "a.json": "{}\n", "fête/événements.ics": "BEGIN:VCALENDAR", empty: "" };
  const zip = toZip(
    Object.entries(files).map(([name, content]) => ({ name, content })),
    at,
  );
  expect(read(zip)).toEqual(files);
  expect(toZip([], at)).toHaveLength(22);
});

it("is the same, byte for byte, when its files come one after the other", async () => {
  const files = [1, 2, 3].map((n) => ({ name: `${n}.txt`, content: "x".repeat(n) }));
  async function* coming() {
    yield* files;
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of streamZip(coming(), at)) pieces.push(piece);
  expect(Buffer.concat(pieces)).toEqual(toZip(files, at));
});

it.runIf(python)("is read and checked by another program", () => {
  const file = join(mkdtempSync(join(tmpdir(), "parvis-zip-")), "a.zip");
  writeFileSync(file, toZip([{ name: "é.txt", content: "Grüße" }], at));
  const script =
    "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), z.read('é.txt').decode(), z.infolist()[0].date_time)";
  const said = execFileSync("python3", ["-c", script, file], {
    encoding: "utf8",
    env: { ...process.env, PYTHONIOENCODING: "utf8" },
  });
  expect(said.trim()).toBe("None Grüße (2026, 11, 23, 12, 34, 56)");
});
