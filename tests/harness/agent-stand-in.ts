import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";

const ELF_MACHINES = { "linux-x64": 62, "linux-arm64": 183 } as const;

/** Writes a small file that looks like a program of the system, for tests in which no machine starts it. Each one is different. */
export async function writeAgentStandIn(file: string, system: keyof typeof ELF_MACHINES): Promise<string> {
  const header = Buffer.alloc(64);
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(ELF_MACHINES[system], 18);
  await writeFile(file, Buffer.concat([header, randomBytes(2000)]));
  return file;
}
