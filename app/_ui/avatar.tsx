/** The picture of a person or group, always beside their name: it says nothing that the name does not. */
export function Avatar({ src, size }: { src: string; size: "line" | "head" }) {
  const [side, look] = size === "head" ? [80, "size-20"] : [28, "size-7"];
  return (
    <img
      src={src}
      alt=""
      width={side}
      height={side}
      className={`${look} shrink-0 rounded-control border border-line object-cover`}
    />
  );
}
