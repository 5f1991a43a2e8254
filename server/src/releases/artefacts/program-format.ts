import { open } from "node:fs/promises";
import type { AgentSystem } from "@muster/shared/contracts/artefact.ts";

const HEADER_BYTES = 4096;
const ELF_MACHINES = { "linux-x64": 62, "linux-arm64": 183 } as const;
const PE_MACHINE_X64 = 0x8664;

/** Whether a file can be the agent for a system, by its first bytes. */
export async function isProgramFor(system: AgentSystem, file: string): Promise<boolean> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return hasFormatOf(system, buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

function hasFormatOf(system: AgentSystem, header: Buffer): boolean {
  switch (system) {
    case "linux-x64":
    case "linux-arm64":
      return (
        header.length >= 64 &&
        header.toString("latin1", 0, 4) === "\x7fELF" &&
        header.readUInt16LE(18) === ELF_MACHINES[system]
      );
    case "windows-x64":
      return isWindowsProgram(header);
    case "macos-arm64":
    case "macos-x64":
      // A compressed archive.
      return header.length >= 10 && header.readUInt16BE(0) === 0x1f8b;
  }
}

function isWindowsProgram(header: Buffer): boolean {
  if (header.length < 64 || header.toString("latin1", 0, 2) !== "MZ") return false;
  const address = header.readUInt32LE(0x3c);
  if (address + 6 > header.length) return false;
  return (
    header.toString("latin1", address, address + 4) === "PE\0\0" &&
    header.readUInt16LE(address + 4) === PE_MACHINE_X64
  );
}
