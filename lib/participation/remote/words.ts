import type { Word } from "./commands.ts";

/** The words agreed on, one to a thought, in the languages that our pages speak or will: none means two things. */
const agreed: Record<Word, string> = {
  yes: "yes oui ja si sí sim ok yep yeah da tak نعم +1 👍 ✅",
  maybe: "maybe perhaps peut-être peut-etre vielleicht quizás quizas forse misschien talvez ربما 🤔",
  no: "no non nein nee não nao nope لا -1 👎 ❌",
};

const meaning = new Map(
  (Object.keys(agreed) as Word[]).flatMap((word) => agreed[word].split(" ").map((text) => [text, word] as const)),
);

/**
 * What somebody means whose whole text, without mentions and punctuation, is one of the words agreed on; `ask`: they would
 * like to be asked. Null: it is a message like any other.
 */
export function meaningOf(text: string): Word | "ask" | null {
  const word = text
    .slice(0, 500)
    .replace(/(^|\s)@[\w.-]+(@[\w.:-]+)?/g, " ")
    .normalize("NFKC")
    .toLowerCase()
    // Emoji may say which skin they have, or that they are emoji.
    .replace(/[\u{1f3fb}-\u{1f3ff}\u{fe0f}]/gu, "")
    .replace(/^[\s"'“”‘’«»¡¿(]+|[\s"'“”‘’«».,;:!?…)]+$/gu, "");
  return word === "rsvp" ? "ask" : (meaning.get(word) ?? null);
}
