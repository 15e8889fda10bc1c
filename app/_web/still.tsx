import type { ReactNode } from "react";
import { formGuard } from "./form-guard.tsx";
import { keep, kept } from "./kept.ts";
import { requestNotes } from "./request.ts";
import { StillIsland, type StillProps } from "./still-island.tsx";

type Props = StillProps & {
  /** What the markup is made of, by `versionOf`, and which part of the page it is: then it is kept. */
  of?: string;
  children: ReactNode;
};

const slot = "form_guard";
const slots = new RegExp(`<input type="hidden" name="${slot}" value="([^"]*)"/>`, "g");

/** Where a form within still markup has its `FormGuard`, which is another one each time that the markup is shown. */
export const GuardSlot = ({ path }: { path: string }) => <input type="hidden" name={slot} value={path} />;

/**
 * Markup in which no island lives: drawn once, as a string. React draws what a page returns twice, as HTML and as the
 * payload from which a browser draws it again; this stands in the HTML alone. Children are not async and use no hooks;
 * a form has a `GuardSlot`. See `docs/decisions/0012-still-markup.md`.
 */
export function Still({ of, children, ...attributes }: Props) {
  const html = of === undefined ? undefined : kept(of);
  if (html !== undefined) return putAside(html, attributes);
  return draw(children).then((drawn) => putAside(of ? keep(of, drawn) : drawn, attributes));
}

function putAside(html: string, attributes: StillProps) {
  const { markup } = requestNotes().getStore()!;
  const at = markup.push(html.replace(slots, (_, path: string) => formGuard(path))) - 1;
  return <StillIsland {...attributes} at={at} />;
}

async function draw(children: ReactNode): Promise<string> {
  // The bundler's React refuses this within server components; the installed one draws the same elements.
  const { renderToStaticMarkup } = await import(/* turbopackIgnore: true */ "react-dom/server");
  return renderToStaticMarkup(children);
}
