import encodeQR from "qr";

/** A QR code (ISO/IEC 18004) as one SVG path in a square of `size` modules, quiet zone included. */
export function qrPath(text: string): { size: number; d: string } {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: 2 }) as boolean[][];
  const d = rows
    .flatMap((row, y) =>
      row.flatMap((dark, x) =>
        dark && !row[x - 1] ? [`M${x} ${y}h${row.slice(x).concat(false).indexOf(false)}v1H${x}z`] : [],
      ),
    )
    .join("");
  return { size: rows.length, d };
}
