import type { ReactNode } from "react";
import type { Tone } from "#lib/formats/tone.ts";
import { Cover } from "./cover.tsx";

type Props = {
  seed: string;
  /** Absent: that of the page around it. */
  tone?: Tone;
  title: ReactNode;
  children?: ReactNode;
};

/** Nothing here: one large fragment of a cover, one sentence, what to do next. */
export function EmptyState({ seed, tone, title, children }: Props) {
  return (
    <div
      data-tone={tone}
      className={`${tone ? "tone" : ""} my-6 overflow-hidden rounded-card border border-line bg-surface`}
    >
      <Cover seed={seed} rows={1} columns={7} className="h-24 sm:h-32" />
      <div className="grid gap-4 px-4 py-6 sm:px-8">
        <p className="font-display text-xl font-semibold text-balance">{title}</p>
        {children}
      </div>
    </div>
  );
}
