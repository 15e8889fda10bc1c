import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect } from "vitest";
import { setConfig } from "#lib/config.ts";
import { parseConfig } from "../configuration.ts";
import { stockKeys } from "./keys.ts";
import { testSecret } from "./secret.ts";

stockKeys();

setConfig(
  parseConfig(
    {
      DATA_DIR: mkdtempSync(join(tmpdir(), "parvis-data-")),
      SECRET_KEY: testSecret,
      APP_URL: "http://localhost:3000",
    },
    "test",
  ),
);

// Whatever is printed as an error was not expected by anybody: the test that printed it fails.
const printed: unknown[][] = [];
console.error = (...words: unknown[]) => void printed.push(words);
afterEach(() => {
  expect(printed.splice(0)).toEqual([]);
});
