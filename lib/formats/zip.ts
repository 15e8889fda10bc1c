import { crc32 } from "node:zlib";

export type ZipEntry = { name: string; content: string | Uint8Array };

/** MS-DOS date and time of an instant in UTC, to two seconds (APPNOTE 4.4.6). */
function dosTime(at: Date): { time: number; date: number } {
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  return { time, date };
}

/** An archive that is being written: what each file adds to it, and what ends it. */
function openArchive(at: Date) {
  const { time, date } = dosTime(at);
  const directory: Buffer[] = [];
  let count = 0;
  let offset = 0;
  const add = ({ name, content }: ZipEntry): Buffer[] => {
    const data = Buffer.from(content as string);
    const path = Buffer.from(name);
    // Version, flags (bit 11: UTF-8), method 0, time, date, CRC, sizes, length of the name, no extra field.
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x0800, 2);
    facts.writeUInt16LE(time, 6);
    facts.writeUInt16LE(date, 8);
    facts.writeUInt32LE(crc32(data), 10);
    facts.writeUInt32LE(data.length, 14);
    facts.writeUInt32LE(data.length, 18);
    facts.writeUInt16LE(path.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), facts, place, path);
    offset += 30 + path.length + data.length;
    count++;
    return [Buffer.from("PK\x03\x04", "latin1"), facts, path, data];
  };
  const close = (): Buffer[] => {
    const central = Buffer.concat(directory);
    const end = Buffer.alloc(18);
    end.writeUInt16LE(count, 4);
    end.writeUInt16LE(count, 6);
    end.writeUInt32LE(central.length, 8);
    end.writeUInt32LE(offset, 12);
    return [central, Buffer.from("PK\x05\x06", "latin1"), end];
  };
  return { add, close };
}

/**
 * A ZIP archive of some files, stored as they are: every system opens it, and nothing is packed that could be a bomb.
 * Names are UTF-8. APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16; together less than 4 GiB and 65,535 files.
 */
export function toZip(entries: ZipEntry[], at: Date): Buffer {
  const { add, close } = openArchive(at);
  return Buffer.concat([...entries.flatMap(add), ...close()]);
}

/** The same, file by file as they come: one of them is in memory. */
export async function* streamZip(entries: AsyncIterable<ZipEntry>, at: Date): AsyncGenerator<Uint8Array> {
  const { add, close } = openArchive(at);
  for await (const entry of entries) yield* add(entry);
  yield* close();
}
