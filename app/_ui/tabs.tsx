import type { ReactNode } from "react";

type Tab = { href: string; word: ReactNode; here: boolean };

/** The pages of one thing, as links; the one that is shown is marked. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <nav aria-label={label} className="mt-3 -ms-3">
      <ul className="flex flex-wrap gap-x-1">
        {tabs.map(({ href, word, here }) => (
          <li key={href}>
            <a
              href={href}
              aria-current={here ? "page" : undefined}
              className={`inline-flex min-h-11 items-center rounded-control px-3 hover:underline ${here ? "bg-accent-tint font-semibold" : ""}`}
            >
              {word}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
