import type { ReactNode } from "react";
import { Avatar } from "#app/_ui/avatar.tsx";
import { actorPath, mediaPath } from "#lib/urls.ts";

type Props = {
  /** Of the heading: one below what it is said in. */
  level: "h2" | "h3";
  author: { handle: string; host: string | null; name: string; iconId: string | null };
  at: Date;
  when: Intl.DateTimeFormat;
  /** Where it stands by itself, and what that link is called. */
  href: string;
  title: string;
  /** What its author is there. */
  mark?: ReactNode;
  /** What became of it since. */
  children?: ReactNode;
};

/** Who said something, and when: above a comment or a message. */
export const SaidHead = ({ level: Heading, author, at, when, href, title, mark, children }: Props) => (
  <header className="flex flex-wrap items-center gap-x-2">
    {author.iconId && <Avatar src={mediaPath(author.iconId)} size="line" />}
    <Heading className="text-base">
      <a href={actorPath(author.handle, author.host)} dir="auto" className="hover:underline">
        {author.name}
      </a>
    </Heading>{" "}
    {author.host && (
      <span className="text-sm text-muted">
        @{author.handle}@{author.host}
      </span>
    )}
    {mark}{" "}
    <span className="text-sm text-muted">
      <a href={href} className="inline-flex min-h-6 items-center hover:underline" title={title}>
        <time className="font-display tabular-nums" dateTime={at.toISOString()}>
          {when.format(at)}
        </time>
      </a>
      {children}
    </span>
  </header>
);
