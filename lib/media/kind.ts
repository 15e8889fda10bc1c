const latin = (bytes: Uint8Array, from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString("latin1");

/**
 * What kind of picture the bytes begin like, whatever name or type they came under; null for all that we do not read. Asked
 * before anything is parsed: the drawing library would take SVG and PDF too.
 */
export function pictureKind(bytes: Uint8Array): "jpeg" | "png" | "gif" | "webp" | "avif" | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  if (latin(bytes, 0, 8) === "\x89PNG\r\n\x1a\n") return "png";
  if (/^GIF8[79]a$/.test(latin(bytes, 0, 6))) return "gif";
  if (latin(bytes, 0, 4) === "RIFF" && latin(bytes, 8, 12) === "WEBP") return "webp";
  // ISO base media (ISO/IEC 14496-12 4.3): the brand, or one of those it is compatible with.
  if (latin(bytes, 4, 8) === "ftyp" && /avi[fs]/.test(latin(bytes, 8, 40))) return "avif";
  return null;
}
