import { Denial } from "./denial.ts";

const longest = 256 * 1024;
/** Milliseconds. */
const patience = 10_000;

/** The body as it came: at most 256 KiB by declaration and by our own count, within ten seconds. @throws Denial 400, 408, 413. */
export async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > longest) throw new Denial(413, "too large");
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  if (!reader) throw new Denial(400, "no body");
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    reader.cancel().catch(() => {});
  }, patience);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.byteLength;
      if (length > longest) throw new Denial(413, "too large");
      chunks.push(value);
    }
  } finally {
    clearTimeout(timer);
    if (length > longest) reader.cancel().catch(() => {});
  }
  if (late) throw new Denial(408, "too slow");
  return new Uint8Array(Buffer.concat(chunks));
}
