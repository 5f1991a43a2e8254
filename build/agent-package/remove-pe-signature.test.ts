import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { removePeSignature } from "./remove-pe-signature.ts";

const PE_HEADER = 128;
const SIGNATURE_ENTRY = PE_HEADER + 24 + 112 + 4 * 8;
const PROGRAM_BYTES = 5000;

describe("the signature of a Windows program", () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "muster-pe-"));
    file = path.join(folder, "program.exe");
  });

  afterEach(() => rm(folder, { recursive: true }));

  function program({ signatureBytes, format = 0x20b }: { signatureBytes: number; format?: number }): Buffer {
    const bytes = Buffer.alloc(PROGRAM_BYTES + signatureBytes, 7);
    bytes.writeUInt32LE(PE_HEADER, 0x3c);
    bytes.writeUInt16LE(format, PE_HEADER + 24);
    bytes.writeUInt32LE(signatureBytes === 0 ? 0 : PROGRAM_BYTES, SIGNATURE_ENTRY);
    bytes.writeUInt32LE(signatureBytes, SIGNATURE_ENTRY + 4);
    return bytes;
  }

  it("is removed with what names it", async () => {
    await writeFile(file, program({ signatureBytes: 800 }));
    await removePeSignature(file);
    expect(await readFile(file)).toEqual(program({ signatureBytes: 0 }));
  });

  it("may be absent", async () => {
    await writeFile(file, program({ signatureBytes: 0 }));
    await removePeSignature(file);
    expect(await readFile(file)).toEqual(program({ signatureBytes: 0 }));
  });

  it("is not searched in a file of another kind, or where data follows", async () => {
    await writeFile(file, program({ signatureBytes: 0, format: 0x10b }));
    await expect(removePeSignature(file)).rejects.toThrow("no 64-bit program");
    await writeFile(file, Buffer.concat([program({ signatureBytes: 8 }), Buffer.alloc(8)]));
    await expect(removePeSignature(file)).rejects.toThrow("data after its signature");
  });
});
