"use client";

import { useEffect, useRef, useState } from "react";
import { buttonLook } from "#app/_ui/button.tsx";
import { bringBack, findCopy, keepSaving, type Said } from "./autosave.ts";

export type AutosaveWords = Record<Said | "found" | "bringBack" | "forget", string>;

const send = (path: string, body: URLSearchParams) =>
  fetch(path, { method: "POST", body, headers: { accept: "application/json" } });

/** Whether a draft is saved, in one quiet line; and what this browser kept of it when it could not be. */
export function AutosaveIsland({ words, locale }: { words: AutosaveWords; locale: string }) {
  const line = useRef<HTMLParagraphElement>(null);
  const [said, setSaid] = useState("");
  const [copy, setCopy] = useState<{ at: number; typed: string } | null>(null);
  const form = () => line.current!.closest("form")!;
  useEffect(() => {
    const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
    const time = (at: number | Date) => clock.format(at);
    setCopy(findCopy(form()));
    // The words change once a minute at most, and so does what a screen reader says.
    return keepSaving(form(), { send, say: (what) => setSaid(words[what].replace("{time}", time(new Date()))) });
  }, [words, locale]);
  const settle = (typed: string | null) => {
    if (typed) bringBack(form(), typed);
    setCopy(null);
  };
  return (
    <div className="basis-full text-sm">
      <p ref={line} id="autosave" role="status" className="text-muted empty:hidden">
        {said}
      </p>
      {copy && (
        <p className="flex flex-wrap items-center gap-2">
          <span>{words.found}</span>
          <button type="button" className={buttonLook()} onClick={() => settle(copy.typed)}>
            {words.bringBack}
          </button>
          <button type="button" className={buttonLook("quiet")} onClick={() => settle(null)}>
            {words.forget}
          </button>
        </p>
      )}
    </div>
  );
}
