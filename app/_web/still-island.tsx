"use client";

import type { HTMLAttributes } from "react";

export type StillProps = Pick<HTMLAttributes<HTMLElement>, "id" | "className" | "tabIndex" | "aria-labelledby"> & {
  as?: "div" | "section" | "ul";
};

type Note = { markup: string[] };

/** Where the server has put markup aside for the answer that it is making (`RequestNote`). */
function aside(at: number): string {
  const notes = (globalThis as { [slot: symbol]: { getStore: () => Note | undefined } | undefined })[
    Symbol.for("parvis.request")
  ];
  const html = notes?.getStore()?.markup[at];
  if (html === undefined) throw new Error("Markup that was put aside for an answer is not there.");
  return html;
}

/** Markup that the server writes into the page and sends no second time: a browser leaves alone what it finds. */
export function StillIsland({ as: Name = "div", at, ...attributes }: StillProps & { at: number }) {
  const html = typeof window === "undefined" ? aside(at) : "";
  return <Name {...attributes} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: html }} />;
}
