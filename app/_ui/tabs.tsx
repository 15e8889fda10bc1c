import type { ReactNode } from "react";

type Tab = { href: string; word: ReactNode; here: boolean };

/** Links to pages that belong together, the one that is shown marked: side by side, or as `className` lays them. */
export const TabLinks = ({ tabs, className = "flex flex-wrap gap-x-1" }: { tabs: Tab[]; className?: string }) => (
  <ul className={className}>
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
);

/** The pages of one thing, as links. */
export const Tabs = ({ label, tabs }: { label: string; tabs: Tab[] }) => (
  <nav aria-label={label} className="mt-3 -ms-3">
    <TabLinks tabs={tabs} />
  </nav>
);
