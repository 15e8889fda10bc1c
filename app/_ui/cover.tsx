import { coverPaths } from "#lib/formats/cover.ts";

type Props = {
  seed: string;
  /** A picture chosen by people, with its alternative text (empty = decorative). */
  image?: { src: string; alt: string; width: number; height: number } | null;
  rows?: number;
  columns?: number;
  className?: string;
};

/** The picture of an event, or the one that its id generates. Stands inside an element with a `tone`. */
export function Cover({ seed, image, rows = 3, columns = 6, className = "" }: Props) {
  if (image)
    return (
      // Ours and of known size: next/image would add script and a resizing door.
      <img
        src={image.src}
        alt={image.alt}
        width={image.width}
        height={image.height}
        loading="lazy"
        decoding="async"
        className={`w-full bg-tone-tint object-cover ${className}`}
      />
    );
  const { width, height, html } = coverPaths(seed, { rows, columns });
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      focusable="false"
      className={`block w-full bg-tone-tint ${className}`}
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
