import type { ComponentProps, ReactNode } from "react";

type Look = "filled" | "outlined" | "danger" | "danger-filled" | "quiet";

const looks: Record<Look, string> = {
  filled: "bg-accent text-on-accent border-accent hover:bg-accent-hover hover:border-accent-hover",
  outlined: "bg-surface text-ink border-control hover:border-ink",
  danger: "bg-surface text-danger border-danger hover:bg-sunken",
  "danger-filled": "bg-danger text-on-danger border-danger",
  quiet: "border-transparent text-accent hover:underline",
};

/** The look of something that is pressed, 44 px high, its words whole as long as there is room for one. One `filled` a view. */
export const buttonLook = (look: Look = "outlined"): string =>
  `inline-flex min-h-11 items-center justify-center gap-2 rounded-control border px-4 py-2 font-semibold no-underline leading-tight text-center wrap-break-word hyphens-none max-w-full cursor-pointer ${looks[look]}`;

type ButtonProps = ComponentProps<"button"> & { look?: Look; children: ReactNode };

export function Button({ look, className = "", type = "submit", children, ...rest }: ButtonProps) {
  return (
    <button type={type} className={`${buttonLook(look)} ${className}`} {...rest}>
      {children}
    </button>
  );
}

type LinkProps = ComponentProps<"a"> & { look?: Look; children: ReactNode };

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({ look, className = "", children, ...rest }: LinkProps) {
  return (
    <a className={`${buttonLook(look)} ${className}`} {...rest}>
      {children}
    </a>
  );
}

/** A link in running text. */
export const linkLook = "text-accent underline decoration-1 underline-offset-3 hover:decoration-2";

/** A link that stands by itself: a way on, or back, 44 px high. */
export const wayLook = `inline-flex min-h-11 items-center ${linkLook}`;

/** A chip: one choice among links; the chosen one carries `aria-current`. */
export function Chip({ href, chosen = false, children }: { href: string; chosen?: boolean; children: ReactNode }) {
  const look = chosen ? "border-accent bg-accent-tint font-semibold" : "border-control bg-surface hover:border-ink";
  return (
    <a
      href={href}
      aria-current={chosen ? "true" : undefined}
      className={`inline-flex min-h-11 items-center gap-1.5 rounded-full border px-4 whitespace-nowrap ${look}`}
    >
      {children}
    </a>
  );
}
