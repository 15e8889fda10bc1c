import type { ComponentProps } from "react";
import type { Translate } from "#lib/locale/index.ts";
import { controlLook, FieldShell, fieldId } from "./field.tsx";
import { MarkdownIsland, type MarkdownWords } from "./markdown-island.tsx";
import { marks } from "./markdown-mark.ts";

type Props = Omit<ComponentProps<"textarea">, "name"> & {
  t: Translate;
  name: string;
  label: string;
  hint?: string;
  error?: string | null;
  mark?: string;
};

/** A long text in Markdown; in a browser that runs scripts with buttons that write it, and a preview. */
export function MarkdownArea({ t, name, label, hint, error, mark, ...rest }: Props) {
  const own = ["tools", "filler", "preview", "write", "away", "empty"] as const;
  const words = Object.fromEntries([...marks, ...own].map((word) => [word, t(`site.markdown_${word}`)]));
  const id = fieldId(name);
  return (
    <FieldShell name={name} label={label} hint={hint} error={error} mark={mark}>
      <MarkdownIsland field={id} path="/dashboard/preview" words={words as MarkdownWords} />
      <textarea
        dir="auto"
        {...rest}
        id={id}
        name={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={[error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ") || undefined}
        className={controlLook(error)}
      />
    </FieldShell>
  );
}
