import { describe, expect, it } from "vitest";
import { meaningOf } from "./words.ts";

describe("a reply of one word", () => {
  it.each([
    ["yes", ["yes", "Yes!", "@ann@parvis.example yes.", "@ann Oui !", "+1", "Sí", "« oui »", "👍🏽", "JA…", "نعم"]],
    ["maybe", ["Peut-être", "maybe?", "Vielleicht.", "quizás", "ربما؟".replace("؟", "")]],
    ["no", ["no", "Non.", "-1", "@ann@parvis.example @bob não"]],
    ["ask", ["RSVP", "@ann rsvp!"]],
  ] as const)("means %s", (word, texts) => {
    for (const text of texts) expect(meaningOf(text), text).toBe(word);
  });

  it("means nothing but itself where it is longer, or another", () => {
    for (const text of [
      "",
      "yes please",
      "No problem, see you there",
      "+2",
      "yesterday",
      "@ann",
      "not sure",
      "1",
      "s i",
    ])
      expect(meaningOf(text), text).toBeNull();
  });
});
