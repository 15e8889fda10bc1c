import { expect, it } from "vitest";
import { dateFormat } from "#lib/locale/dates.ts";
import { translator } from "#lib/locale/index.ts";
import type { Participant } from "#lib/participation/desk/queries.ts";
import { headOf, rowOf } from "./table-row.ts";

it("a participant's row is in the organiser's language, with each answer under its own question", () => {
  const t = translator("fr");
  const questions = ["1", "2", "3"].map((id) => ({ id, label: id === "3" ? "Voiture ?" : "Plat ?" }));
  const at = new Date("2026-12-05T18:00:00Z");
  const one = {
    ...{ name: "Ada", email: null, state: "tentative", guests: 1, message: "", source: "poll", createdAt: at },
    checkedInAt: null,
    answers: [
      { id: "2", label: "Plat ?", kind: "text", value: "yes" },
      { id: "3", label: "Voiture ?", kind: "boolean", value: "yes" },
    ],
  } as unknown as Participant;
  const clock = dateFormat("fr", "Europe/Paris", { dateStyle: "short", timeStyle: "short" });
  const cells = headOf(t, questions).map((head, index) => [head, rowOf(t, clock, questions, one)[index]]);
  expect(cells).toEqual([
    ["Nom", "Ada"],
    ["E-mail", ""],
    ["État", "Peut-être"],
    ["En plus", 1],
    ["Message", ""],
    ["Comment", "depuis un autre serveur, par un vote"],
    ["Depuis", "05/12/2026 19:00"],
    ["Arrivée", ""],
    ["Plat ?", ""],
    ["Plat ?", "yes"],
    ["Voiture ?", "Oui"],
  ]);
});
