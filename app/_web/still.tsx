import type { ComponentProps, ReactNode } from "react";

type Props = Omit<ComponentProps<"div">, "children" | "dangerouslySetInnerHTML"> & {
  as?: "div" | "section";
  children: ReactNode; kept?: string;
};

/**
 * Markup in which no island lives: drawn once, as a string. React draws what a page returns twice, as HTML and as the
 * payload from which the browser would draw it again; a string is neither described nor hydrated. Children must not be
 * async, use hooks or islands. See `docs/decisions/0012-still-markup.md`.
 */
export async function Still({ as: Tag = "div", children, kept, ...attributes }: Props) {
  // The bundler's copy of React refuses this import in a server component; the installed one draws the same elements.
  const { renderToStaticMarkup } = await import(/* turbopackIgnore: true */ "react-dom/server");
  const g = globalThis as any; const cache: Map<string,string> = (g.stillCache ??= new Map());
  let html = process.env.X1 && kept ? cache.get(kept) : undefined;
  if (html === undefined) { html = renderToStaticMarkup(children); if (kept) cache.set(kept, html); }
  return <Tag {...attributes} dangerouslySetInnerHTML={{ __html: html }} />;
}
