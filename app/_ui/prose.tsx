import type { ReactNode } from "react";

type ProseSection = { title?: string; paragraphs: ReactNode[]; list?: boolean };

/** A page to read: one column of text, sections with headings. */
export function Prose({ title, intro, sections }: { title: string; intro?: string; sections: ProseSection[] }) {
  return (
    <div className="max-w-[40rem] pt-8">
      <h1>{title}</h1>
      {intro && <p className="mt-3 text-lg text-muted">{intro}</p>}
      {sections.map(({ title: heading, paragraphs, list }, at) => (
        <section key={heading ?? at} className="mt-8">
          {heading && <h2 className="mb-2 text-xl">{heading}</h2>}
          {list ? (
            <ol className="grid list-decimal gap-2 ps-6 marker:font-display marker:font-bold marker:text-accent">
              {paragraphs.map((one, place) => (
                <li key={place}>{one}</li>
              ))}
            </ol>
          ) : (
            paragraphs.map((one, place) => (
              <p key={place} className="mt-2">
                {one}
              </p>
            ))
          )}
        </section>
      ))}
    </div>
  );
}
