import { createHash, randomBytes } from "node:crypto";

const hex = (bytes: Uint8Array) => {
  const digits = Buffer.from(bytes).toString("hex");
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
};

/** A UUIDv7 (RFC 9562 5.7): sorts by the time it was made, in milliseconds. */
export function newId(now = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return hex(bytes);
}

/** When a UUIDv7 was made, in milliseconds. */
export const timeOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/** A UUIDv8 (RFC 9562 5.8) of the content: equal words have equal ids. */
export function contentId(...parts: (string | number | null)[]): string {
  const bytes = createHash("sha256").update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return hex(bytes);
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether a path segment can be an id at all; anything else is a 404 without asking the database. */
export const isId = (value: unknown): value is string => typeof value === "string" && uuid.test(value);
