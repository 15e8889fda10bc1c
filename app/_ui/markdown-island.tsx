"use client";

import { useEffect, useRef, useState } from "react";
import { buttonLook } from "./button.tsx";
import { type Mark, marks, markText } from "./markdown-mark.ts";
import { writeText } from "./write-text.ts";

export type MarkdownWords = Record<Mark | "tools" | "filler" | "preview" | "write" | "away" | "empty", string>;

type Shown = { html: string } | { sentence: string } | null;

/** What a browser adds to a field for Markdown: buttons that write it, and a look at what the server makes of it. */
export function MarkdownIsland({ field, path, words }: { field: string; path: string; words: MarkdownWords }) {
  const [ready, setReady] = useState(false);
  const [shown, setShown] = useState<Shown>(null);
  const switcher = useRef<HTMLButtonElement>(null);
  useEffect(() => setReady(true), []);
  if (!ready) return null;
  const area = () => document.getElementById(field) as HTMLTextAreaElement;

  const press = (mark: Mark) => {
    const one = area();
    const edit = markText(one.value, one.selectionStart, one.selectionEnd, mark, words.filler);
    one.setSelectionRange(edit.start, edit.end);
    writeText(one, edit.text);
    one.setSelectionRange(edit.from, edit.to);
  };
  const turn = async () => {
    const one = area();
    if (shown) {
      one.hidden = false;
      return setShown(null);
    }
    const next = one.value.trim() ? await look(path, one.value, words.away) : { sentence: words.empty };
    one.hidden = true;
    setShown(next);
  };

  return (
    <div className="grid gap-2">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a group of fields, these are buttons. */}
      <div role="group" aria-label={words.tools} className="flex flex-wrap gap-1">
        {marks.map((mark) => (
          <button
            key={mark}
            type="button"
            disabled={shown !== null}
            onClick={() => press(mark)}
            className={`${buttonLook("quiet")} px-2 disabled:opacity-40 ${looks[mark] ?? ""}`}
          >
            {words[mark]}
          </button>
        ))}
        <button
          ref={switcher}
          type="button"
          aria-pressed={shown !== null}
          onClick={turn}
          className={`${buttonLook("outlined")} ms-auto`}
        >
          {shown ? words.write : words.preview}
        </button>
      </div>
      <div aria-live="polite">
        {/* Through the sanitiser of every page, by the server. */}
        {shown && "html" in shown && (
          <div
            dir="auto"
            className="prose min-h-40 rounded-control border border-line bg-paper px-4 py-3"
            dangerouslySetInnerHTML={{ __html: shown.html }}
          />
        )}
        {shown && "sentence" in shown && <p className="min-h-40 text-muted">{shown.sentence}</p>}
      </div>
    </div>
  );
}

const looks: Partial<Record<Mark, string>> = { bold: "font-bold", italic: "italic" };

async function look(path: string, content: string, away: string): Promise<Shown> {
  try {
    const body = new URLSearchParams({ content });
    const answer = await fetch(path, { method: "POST", body, redirect: "error" });
    const { html } = answer.ok ? await answer.json() : {};
    return typeof html === "string" ? { html } : { sentence: away };
  } catch {
    return { sentence: away };
  }
}
