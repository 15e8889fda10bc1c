"use client";

import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { sharePlace } from "./places.ts";

type Props = { url: string; title: string; text: string; words: { copy: string; copied: string; system: string } };

/** What a browser adds to sharing, at its place within still markup: one press to copy, and the system's own sheet where it has one. */
export function ShareIsland({ url, title, text, words }: Props) {
  const [ready, setReady] = useState({ copies: false, shares: false });
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    hideTyped();
    setReady({ copies: Boolean(navigator.clipboard), shares: typeof navigator.share === "function" });
  }, []);
  if (!ready.copies && !ready.shares) return null;
  const look = "inline-flex min-h-11 items-center rounded-control border border-control bg-surface px-4 font-semibold";
  return createPortal(
    <p className="mt-2 flex flex-wrap gap-2">
      {ready.copies && (
        <button
          type="button"
          className={look}
          onClick={() => navigator.clipboard.writeText(url).then(() => setCopied(true))}
        >
          <span role="status">{copied ? words.copied : words.copy}</span>
        </button>
      )}
      {ready.shares && (
        <button type="button" className={look} onClick={() => navigator.share({ url, title, text }).catch(() => {})}>
          {words.system}
        </button>
      )}
    </p>,
    document.getElementById(sharePlace)!,
  );
}

/**
 * A refused form is named by the address of its page, which people copy: then the page's entry in the history alone names
 * it, for a reload and for the way back.
 */
function hideTyped() {
  const { state } = history;
  const { hash, pathname, search } = location;
  if (hash !== "#errors") return;
  if (search) history.replaceState({ ...state, typed: search }, "", pathname + hash);
  else if (state?.typed) location.replace(pathname + state.typed + hash);
}
