import type { ComponentProps, ReactNode } from "react";
import { Icon } from "./icon.tsx";

/** The `id` of a field's control: what an error summary links to. */
export const fieldId = (name: string): string => `field-${name.replace(/[^\w-]+/g, "-")}`;

const control = "w-full min-h-11 rounded-control border bg-surface px-3 py-2 text-base text-ink";
/** The look of an input, select or textarea; red and thicker beside its sentence when refused. */
export const controlLook = (error?: string | null): string =>
  `${control} ${error ? "border-2 border-danger" : "border-control"}`;

type Shell = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and what would be right, in the reader's language. */
  error?: string | null;
  /** The word for "required" or "optional", beside the label. */
  mark?: string;
  className?: string;
};

const describedBy = ({ name, hint, error }: Shell): string | undefined =>
  [error && `${fieldId(name)}-error`, hint && `${fieldId(name)}-hint`].filter(Boolean).join(" ") || undefined;

/** Label above, sentence of what is wrong, control, hint below. */
export function FieldShell({
  name,
  label,
  hint,
  error,
  mark,
  className = "",
  children,
}: Shell & { children: ReactNode }) {
  const id = fieldId(name);
  return (
    <div className={`grid grid-cols-1 content-start gap-1 ${className}`}>
      <label htmlFor={id} className="font-semibold">
        {label}
        {mark && <span className="font-normal text-muted"> ({mark})</span>}
      </label>
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-sm font-semibold text-danger">
          <Icon name="warning" size={16} className="mt-0.5" />
          {error}
        </p>
      )}
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

type Controlled<T extends "input" | "select" | "textarea"> = Shell & Omit<ComponentProps<T>, keyof Shell>;

const shared = (shell: Shell, ref: { required?: boolean }) => ({
  id: fieldId(shell.name),
  name: shell.name,
  required: ref.required,
  "aria-invalid": shell.error ? true : undefined,
  "aria-describedby": describedBy(shell),
});

/** One line of text, an address, a number, a date. */
export function TextField({ name, label, hint, error, mark, className, ...rest }: Controlled<"input">) {
  const shell = { name, label, hint, error, mark, className };
  return (
    <FieldShell {...shell}>
      <input {...rest} {...shared(shell, rest)} className={controlLook(error)} />
    </FieldShell>
  );
}

/** Somebody's e-mail address (`email`). */
export const EmailField = (props: Omit<Controlled<"input">, "name">) => (
  <TextField type="email" required autoComplete="email" maxLength={254} {...props} name="email" />
);

export function TextArea({ name, label, hint, error, mark, className, ...rest }: Controlled<"textarea">) {
  const shell = { name, label, hint, error, mark, className };
  return (
    <FieldShell {...shell}>
      <textarea rows={4} {...rest} {...shared(shell, rest)} className={controlLook(error)} />
    </FieldShell>
  );
}

/** `children` are the options. */
export function SelectField({ name, label, hint, error, mark, className, children, ...rest }: Controlled<"select">) {
  const shell = { name, label, hint, error, mark, className };
  return (
    <FieldShell {...shell}>
      <select {...rest} {...shared(shell, rest)} className={controlLook(error)}>
        {children}
      </select>
    </FieldShell>
  );
}

/** A picture from one's own device; what is chosen is sent with the form. */
export function PictureField({ name, label, hint, error, mark, className }: Shell) {
  const shell = { name, label, hint, error, mark, className };
  return (
    <FieldShell {...shell}>
      <input
        type="file"
        accept="image/jpeg,image/png,image/webp,image/avif,image/gif"
        {...shared(shell, {})}
        className={`${controlLook(error)} file:me-3 file:rounded-control file:border-0 file:bg-sunken file:px-3 file:py-1 file:font-semibold`}
      />
    </FieldShell>
  );
}

/** A box and its sentence, the whole row 44 px high. */
export function CheckField({ name, label, hint, error, mark, className = "", ...rest }: Controlled<"input">) {
  const shell = { name, label, hint, error, mark };
  const id = fieldId(name);
  return (
    <div className={className}>
      <label className="flex min-h-11 cursor-pointer items-center gap-3">
        <input
          type="checkbox"
          value="yes"
          {...rest}
          {...shared(shell, rest)}
          className="size-5 shrink-0 accent-accent"
        />
        <span>
          {label}
          {mark && <span className="text-muted"> ({mark})</span>}
        </span>
      </label>
      {error && (
        <p id={`${id}-error`} className="text-sm font-semibold text-danger">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
