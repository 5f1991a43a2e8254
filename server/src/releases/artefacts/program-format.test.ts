import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { AGENT_SYSTEMS } from "@muster/shared/contracts/artefact.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isProgramFor } from "./program-format.ts";

function elf(machine: number): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.write("\x7fELF", "latin1");
  bytes.writeUInt16LE(machine, 18);
  return bytes;
}

function pe(address: number, machine: number): Buffer {
  const bytes = Buffer.alloc(256);
  bytes.write("MZ");
  bytes.writeUInt32LE(address, 0x3c);
  if (address < 250) bytes.write("PE\0\0", address);
  if (address < 250) bytes.writeUInt16LE(machine, address + 4);
  return bytes;
}

const archive = Buffer.concat([Buffer.from([0x1f, 0x8b, 8]), Buffer.alloc(20)]);

describe("the first bytes of a file", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "muster-format-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function systemsOf(bytes: Buffer): Promise<string[]> {
    const file = path.join(folder, "file");
    await writeFile(file, bytes);
    const fits = await Promise.all(AGENT_SYSTEMS.map((system) => isProgramFor(system, file)));
    return AGENT_SYSTEMS.filter((_, index) => fits[index]);
  }

  it.each([
    ["a program for Linux on x64", elf(62), ["linux-x64"]],
    ["a program for Linux on arm64", elf(183), ["linux-arm64"]],
    ["a program for Windows on x64", pe(128, 0x8664), ["windows-x64"]],
    ["an archive", archive, ["macos-arm64", "macos-x64"]],
    ["a program for Linux on another machine", elf(40), []],
    ["a program for Windows on another machine", pe(128, 0xaa64), []],
    ["a program for Windows whose header is outside", pe(4_000_000_000, 0x8664), []],
    ["nothing", Buffer.alloc(0), []],
    ["a few bytes", Buffer.from("\x7fELF", "latin1"), []],
    ["a script", Buffer.from("#!/bin/sh\n".repeat(20)), []],
  ])("show %s", async (_, bytes, systems) => {
    expect(await systemsOf(bytes)).toEqual(systems);
  });
});
