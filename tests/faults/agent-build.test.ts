import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { agentSystemOf } from "@muster/shared/artefacts/agent-system.ts";
import { afterEach, expect, it } from "vitest";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { runProgram } from "../harness/installed-agent.ts";
import { type ServerProcess, startServerProcess } from "../harness/server-process.ts";
import { makeTinyDisk } from "../harness/tiny-disk.ts";

const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const undo of cleanUp.splice(0).toReversed()) await undo();
});

async function openTestShell(): Promise<TestShell> {
  const shell = await openShell("sqlite");
  cleanUp.push(() => shell.remove());
  return shell;
}

function startBuilding(shell: TestShell): ServerProcess {
  const server = startServerProcess({ ...shell.environment, MUSTER_BUILD_AGENT: "1" });
  cleanUp.push(() => {
    server.process.kill("SIGKILL");
    return server.exited;
  });
  return server;
}

async function namesIn(...folders: string[]): Promise<string[]> {
  return readdir(path.join(...folders), { recursive: true }).catch(() => []);
}

/** Processes whose command line names a folder. */
async function processesOf(folder: string): Promise<string[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "")));
  return lines.filter((line) => line.includes(folder));
}

it.skipIf(agentSystemOf(process) !== "linux-x64")(
  "a build that is killed with its server leaves nothing that is offered, and the next one is complete",
  async () => {
    const shell = await openTestShell();
    const agents = path.join(shell.dataDir, "agents");
    const killed = startBuilding(shell);
    await expect
      .poll(async () => (await namesIn(agents, "work")).some((name) => name.endsWith("muster-agent")))
      .toBe(true);
    killed.process.kill("SIGKILL");
    await killed.exited;
    expect(await namesIn(agents, "store")).toEqual(["id"]);
    await expect.poll(() => processesOf(agents)).toEqual([]);

    const { url } = await startBuilding(shell).ready;
    const answer = await fetch(`${url}/install/agent/linux-x64`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.status).toBe(200);
    expect(answer.headers.get("etag")).toBe(`"${createHash("sha256").update(bytes).digest("hex")}"`);
    const program = path.join(shell.dataDir, "downloaded");
    await writeFile(program, bytes, { mode: 0o755 });
    expect(
      await runProgram([program, "status", "--json"], { env: { MUSTER_AGENT_HOME: shell.dataDir } }),
    ).toMatchObject({
      stdout: expect.stringContaining("not-enrolled"),
    });
    expect(await namesIn(agents, "work")).toEqual(["lock"]);
  },
);

it("a build on a disk that is nearly full says so", async ({ skip }) => {
  const made = await makeTinyDisk(64 * 1_048_576);
  if (made.kind === "missing") return skip(made.reason);
  cleanUp.push(() => made.disk.remove());
  const shell = await openTestShell();
  const environment = { MUSTER_DATA_DIR: path.join(made.disk.path, "data") };
  await shell.run(["org", "create", "Full"], { environment });
  const { exitCode, json } = await shell.run(["artefacts", "build", "--system", "macos-x64"], {
    json: true,
    environment,
  });
  expect(exitCode).toBe(1);
  expect(json.agents).toMatchObject([{ artefact: null, problem: { code: "no-space" } }]);
});
