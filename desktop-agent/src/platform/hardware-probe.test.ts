import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const run = promisify(execFile);
const ENTRY = join(import.meta.dirname, "../headless/main.ts");
const FILE_SYSTEM = import.meta.resolve("systeminformation/lib/filesystem.js");

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "muster-probe-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function standIn(name: string, script: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, name), 0o755);
}

describe.skipIf(!existsSync("/proc/self"))("the hardware probe", () => {
  it("prints one line of JSON with every part", async () => {
    const { stdout } = await run(process.execPath, [ENTRY, "probe", "inventory"]);
    expect(stdout.endsWith("\n")).toBe(true);
    expect(Object.keys(JSON.parse(stdout))).toEqual(expect.arrayContaining(["modules", "gpus", "disks"]));
  });

  it("starts no program from the PATH that it was started with", async () => {
    for (const name of ["lsblk", "lspci", "dmidecode", "nvidia-smi", "clinfo", "cat", "sh"]) {
      await standIn(name, `/bin/touch ${folder}/started-$(/bin/date +%N)`);
    }
    await run(process.execPath, [ENTRY, "probe", "inventory"], {
      env: { PATH: folder, NODE_OPTIONS: "", SHELL: join(folder, "sh") },
    });
    expect((await readdir(folder)).filter((name) => name.startsWith("started"))).toEqual([]);
  });

  it.each([
    "$(touch HIT)",
    "`touch HIT`",
    "a; touch HIT",
    "a && touch HIT",
    "../../HIT",
    "-o HIT",
    "a\ntouch HIT",
  ])("runs nothing out of the name of a disk: %j", async (name) => {
    const disk = {
      name,
      path: `/dev/${name}`,
      type: "disk",
      size: 1e9,
      model: name,
      serial: name,
      tran: name,
    };
    await writeFile(join(folder, "disks.json"), JSON.stringify({ blockdevices: [disk] }));
    await standIn("lsblk", `/bin/cat ${folder}/disks.json`);
    await standIn("smartctl", `/bin/echo "{}"`);
    const script = `import(${JSON.stringify(FILE_SYSTEM)}).then((library) => library.diskLayout()).then((disks) => console.log(JSON.stringify(disks)))`;
    const { stdout } = await run(process.execPath, ["-e", script], {
      cwd: folder,
      env: { PATH: `${folder}:/usr/bin:/bin` },
    });
    expect(JSON.parse(stdout)).toHaveLength(1);
    expect((await readdir(folder)).toSorted()).toEqual(["disks.json", "lsblk", "smartctl"]);
  });
});
