import { spawnSync } from "node:child_process";
import { closeSync, fsyncSync, openSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as passes } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { bundleAgent } from "../../build/agent-package/bundle-agent.ts";
import { packagedTarget } from "../../build/agent-package/executable-target.ts";
import { makeExecutable } from "../../build/agent-package/make-executable.ts";
import { nodeCache } from "../../build/agent-package/package-agent.ts";
import { type AgentHomeFolder, type AgentProcess, makeAgentHomeFolder } from "../harness/agent-process.ts";
import { type AgentServer, startAgentServer } from "../harness/agent-server.ts";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { type Cell, printTable } from "./harness/bench-table.ts";

/** Seconds of idling, set by MUSTER_BENCH_SECONDS, 180 by default: six reports at the default interval. */
const SECONDS = Number(process.env["MUSTER_BENCH_SECONDS"] ?? 180);
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** V8 compacts the heap nine seconds after the start, once. */
const SETTLED_AFTER_S = 20;

type Memory = { rssMiB: number; privateMiB: number };
type Footprint = Memory & { cpuMs: number; reports: number; requestBytes: number };

/** CPU nanoseconds of all threads so far. */
function cpuNs(pid: number): number {
  return readdirSync(`/proc/${pid}/task`)
    .map((task) => Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]))
    .reduce((sum, ns) => sum + ns, 0);
}

/** Private is what another process of the same program would add: without the pages of files, which they share. */
function memoryOf(pid: number): Memory {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const mebibytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(rollup)?.[1] ?? 0) / 1024;
  return { rssMiB: mebibytes("Rss"), privateMiB: mebibytes("Private_Dirty") };
}

/** `program` is undefined for the sources. */
type Run = { name: string; intervalS: number; program?: string };

async function startIdle({ intervalS, program }: Run) {
  const server = await startAgentServer({ intervalS });
  const home = await makeAgentHomeFolder();
  const { code, stderr } = await home.enrol(server.url);
  if (code !== 0) throw new Error(stderr);
  // The first run fills the cache of compiled sources, like the first start of an installation.
  const first = home.start(["run"], { program });
  await server.until((stored) => stored.length > 0);
  await first.stop();
  const { length } = server.stored;
  const startedAtMs = performance.now();
  const agent = home.start(["run"], { program });
  await server.until((stored) => stored.length > length);
  const startMs = performance.now() - startedAtMs;
  const startCpuMs = cpuNs(agent.pid) / 1e6;
  await passes(SETTLED_AFTER_S * 1000);
  return { server, home, agent, startMs, startCpuMs };
}

async function measure(server: AgentServer, agent: AgentProcess): Promise<Footprint> {
  const before = { cpuNs: cpuNs(agent.pid), reports: server.stored.length };
  await passes(SECONDS * 1000);
  const reports = server.stored.slice(before.reports);
  return {
    ...memoryOf(agent.pid),
    cpuMs: (cpuNs(agent.pid) - before.cpuNs) / 1e6,
    reports: reports.length,
    requestBytes: Math.max(...reports.map(({ wireBytes }) => wireBytes)),
  };
}

async function endIdle({
  server,
  home,
  agent,
}: {
  server: AgentServer;
  home: AgentHomeFolder;
  agent: AgentProcess;
}) {
  await agent.stop();
  await server.close();
  await home.remove();
}

/** The agent as it is installed, read from the disk as after a boot: a file that was just written counts for 20 MiB more. */
async function makeInstalled(folder: string): Promise<string> {
  const bundle = await bundleAgent(ROOT, path.join(folder, "muster-agent.cjs"));
  const target = await packagedTarget(ROOT, "linux-x64", { cache: nodeCache(ROOT), print: () => undefined });
  const program = await makeExecutable({ root: ROOT, bundle, folder, target });
  const file = openSync(program, "r");
  fsyncSync(file);
  closeSync(file);
  spawnSync("dd", [`if=${program}`, "iflag=nocache", "count=0", "status=none"]);
  return program;
}

await inBenchFolder(async (folder) => {
  const program = await makeInstalled(folder);
  const runs = [];
  for (const run of [
    { name: "one file, every 30 s", intervalS: 30, program },
    { name: "sources, every 30 s", intervalS: 30 },
    // Many reports among which the CPU is divided.
    { name: "sources, every 2 s", intervalS: 2 },
  ])
    runs.push({ ...run, ...(await startIdle(run)) });
  const rows: Cell[][] = await Promise.all(
    runs.map(async ({ name, server, agent, startMs, startCpuMs }) => {
      const { rssMiB, privateMiB, cpuMs, reports, requestBytes } = await measure(server, agent);
      const perReport = reports === 0 ? "none sent" : cpuMs / reports;
      return [name, rssMiB, privateMiB, startMs, startCpuMs, perReport, requestBytes, reports];
    }),
  );
  for (const run of runs) await endIdle(run);
  printTable(
    `headless agent, idle for ${SECONDS} s (targets: 60 MiB resident, 8 ms, 700 bytes with the answer)`,
    [
      "agent",
      "RSS MiB",
      "private MiB",
      "start ms",
      "start CPU ms",
      "CPU ms per report",
      "request bytes",
      "reports",
    ],
    rows,
  );
});
