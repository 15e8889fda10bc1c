"use client";

import type { HTMLAttributes } from "react";
import { aside } from "./aside.ts";

export type StillProps = Pick<HTMLAttributes<HTMLElement>, "id" | "className" | "tabIndex" | "aria-labelledby"> & {
  as?: "div" | "section" | "ul";
};

/** Markup that the server writes into the page and sends no second time: a browser leaves alone what it finds. */
export function StillIsland({ as: Name = "div", at, ...attributes }: StillProps & { at: number }) {
  const html = typeof window === "undefined" ? aside().markup[at]! : "";
  return <Name {...attributes} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: html }} />;
}
