import { open } from "node:fs/promises";

const PE_HEADER_ADDRESS = 0x3c;
/** From the PE header to the optional header: signature and file header. */
const OPTIONAL_HEADER = 24;
const PE32_PLUS = 0x20b;
/** The fifth data directory names the signatures by their position in the file and their size. */
const SIGNATURES = 112 + 4 * 8;
const HEADER_BYTES = 4096;

/**
 * Removes the signature of a Windows program, which no longer holds once something is added to the file: a broken signature is worse than
 * none. Throws when the file is no 64-bit program or has data after its signature.
 */
export async function removePeSignature(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    await handle.read(header, 0, HEADER_BYTES, 0);
    const optionalHeader = header.readUInt32LE(PE_HEADER_ADDRESS) + OPTIONAL_HEADER;
    if (header.readUInt16LE(optionalHeader) !== PE32_PLUS) throw new Error(`${file} is no 64-bit program.`);
    const entry = optionalHeader + SIGNATURES;
    const start = header.readUInt32LE(entry);
    const size = header.readUInt32LE(entry + 4);
    if (size === 0) return;
    if (start + size !== (await handle.stat()).size) throw new Error(`${file} has data after its signature.`);
    await handle.write(Buffer.alloc(8), 0, 8, entry);
    await handle.truncate(start);
  } finally {
    await handle.close();
  }
}
