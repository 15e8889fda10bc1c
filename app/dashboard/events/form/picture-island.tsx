"use client";

import { type MouseEvent, useState } from "react";
import { buttonLook } from "#app/_ui/button.tsx";
import { writeText } from "#app/_ui/write-text.ts";

type Props = {
  field: string;
  words: { button: string; done: string; away: string };
  /** What is wrong, by its code. */
  sentences: Record<string, string>;
};

/** The button that puts a picture into a text: where scripts run at the cursor, else at the end by a round to the server. */
export function PictureIsland({ field, words, sentences }: Props) {
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const press = async (event: MouseEvent<HTMLButtonElement>) => {
    event.preventDefault();
    const form = event.currentTarget.form!;
    setBusy(true);
    const answer = await send(form);
    setBusy(false);
    if (!answer.text) return setSaid(sentences[answer.wrong ?? ""] ?? words.away);
    const area = document.getElementById(field) as HTMLTextAreaElement;
    area.setSelectionRange(area.selectionEnd, area.selectionEnd);
    const before = area.value.slice(0, area.selectionEnd);
    writeText(area, `${/(^|\n\n)$/.test(before) ? "" : "\n\n"}${answer.text}\n\n`);
    for (const name of controls) (form.elements.namedItem(name) as HTMLInputElement).value = "";
    setSaid(words.done);
  };
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <button
        type="submit"
        name="intent"
        value="picture"
        formNoValidate
        disabled={busy}
        onClick={press}
        className={buttonLook()}
      >
        {words.button}
      </button>
      <p role="status" className="text-sm empty:hidden">
        {said}
      </p>
    </div>
  );
}

const controls = ["picture", "pictureKept", "pictureName"];

/** Asks the form's own door for the Markdown of the picture; nothing else of the form is sent. */
async function send(form: HTMLFormElement): Promise<{ text?: string; wrong?: string }> {
  const typed = new FormData(form);
  const body = new FormData();
  for (const name of [...controls, "form_id", "form_token"]) body.set(name, typed.get(name) ?? "");
  body.set("intent", "picture");
  try {
    const headers = { accept: "application/json" };
    const answer = await fetch(form.getAttribute("action")!, { method: "POST", body, headers });
    const { text, errors = {} } = await answer.json();
    return { text, wrong: String(Object.values(errors)[0]) };
  } catch {
    return {};
  }
}
