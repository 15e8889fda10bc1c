import type { ReactNode } from "react";
import type { Translate } from "#lib/locale/index.ts";
import type { FieldName } from "./fields.ts";

/** What every part of the form knows: its words, what stands in a field, what is wrong with it, what it is called. */
export type Filled = {
  t: Translate;
  get: (field: FieldName) => string;
  error: (field: FieldName) => string | null;
  label: (field: FieldName) => string;
};

/** A heading of the form, to which its table of contents leads. */
export function Section({
  id,
  title,
  text,
  children,
}: {
  id: string;
  title: ReactNode;
  text?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="grid gap-5 rounded-card border border-line bg-surface p-4 sm:p-6"
    >
      <div>
        <h2 id={`${id}-title`} className="text-xl">
          {title}
        </h2>
        {text && <p className="mt-1 text-muted">{text}</p>}
      </div>
      {children}
    </section>
  );
}

/** What is there only while something above it is chosen: by style alone, so that nothing typed is lost meanwhile. */
export const onlyIf = {
  place: "group-has-[[name=attendanceMode][value=online]:checked]/form:hidden",
  online: "group-has-[[name=attendanceMode][value=offline]:checked]/form:hidden",
  external: "not-group-has-[[name=joinMode][value=external]:checked]/form:hidden",
  seats: "group-has-[[name=joinMode]:is([value=external],[value=closed]):checked]/form:hidden",
  price: "not-group-has-[[name=price]>[value=amount]:checked]/form:hidden",
} as const;
