import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { type ProcessCpu, readProcessCpu } from "./process-cpu.ts";

const main = path.join(import.meta.dirname, "../../../server/src/main.ts");
const watchers = ["watch-loop.ts", "watch-memory.ts"].map((file) => path.join(import.meta.dirname, file));

export type LoopStalls = { maxMs: number; p99Ms: number };

/** After a full collection. */
export type Memory = { rssBytes: number; heapBytes: number; externalBytes: number };

export type BenchServer = {
  url: string;
  port: number;
  pid: number;
  /** From the start of the process to its first 2xx. */
  startedInMs: number;
  cpu(): ProcessCpu;
  /** How long the event loop was blocked since the last call. */
  stalls(): Promise<LoopStalls>;
  memory(): Promise<Memory>;
  stop(): Promise<void>;
};

/** Environment of a server in a bench: all defaults, except limits that one generator cannot reach. */
export function benchEnvironment(dataDir: string, databaseUrl?: string): Record<string, string> {
  return {
    MUSTER_PORT: "0",
    MUSTER_DATA_DIR: dataDir,
    MUSTER_LOG_LEVEL: "warn",
    MUSTER_BUILD_AGENT: "0",
    MUSTER_MASTER_KEY: Buffer.alloc(32, 7).toString("base64"),
    MUSTER_ADDRESS_CONNECTIONS: "50000",
    MUSTER_DEVICE_REQUESTS_PER_S: "1000000",
    MUSTER_DEVICE_REQUESTS_AT_ONCE: "10000000",
    MUSTER_ORGANIZATION_REQUESTS_PER_S: "1000000",
    MUSTER_ORGANIZATION_REQUESTS_AT_ONCE: "10000000",
    MUSTER_MEMBER_REQUESTS_PER_S: "1000000",
    MUSTER_MEMBER_REQUESTS_AT_ONCE: "10000000",
    ...Object.fromEntries(
      ["DEVICE", "ORGANIZATION", "MEMBER"].flatMap((caller) => [
        [`MUSTER_${caller}_WORK_MS_PER_S`, "1000000"],
        [`MUSTER_${caller}_WORK_MS_AT_ONCE`, "10000000"],
      ]),
    ),
    ...(databaseUrl === undefined ? {} : { MUSTER_DATABASE_URL: databaseUrl }),
  };
}

/** Starts the real server as a separate process and waits until it answers. */
export async function startBenchServer(environment: Record<string, string>): Promise<BenchServer> {
  const startedAt = performance.now();
  const child = fork(main, {
    env: { ...process.env, NODE_ENV: "production", ...environment },
    execArgv: watchers.flatMap((watcher) => ["--import", watcher]),
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const { url } = await message<{ url: string }>(child, "ready");
  await firstAnswer(url);
  const startedInMs = performance.now() - startedAt;
  const pid = child.pid ?? 0;
  return {
    url,
    port: Number(new URL(url).port),
    pid,
    startedInMs,
    cpu: () => readProcessCpu(pid),
    stalls() {
      child.send("loop-stalls");
      return message<LoopStalls>(child, "loop-stalls");
    },
    memory() {
      child.send("memory");
      return message<Memory>(child, "memory");
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

function message<Message>(child: ChildProcess, type: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error(`The server ended before it sent ${type}.`));
    const onMessage = (received: { type?: string }) => {
      if (received.type !== type) return;
      child.off("message", onMessage);
      child.off("exit", onExit);
      resolve(received as Message);
    };
    child.on("message", onMessage);
    child.once("exit", onExit);
  });
}

async function firstAnswer(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/api/health`).catch(() => null);
    if (answer?.ok) return;
  }
}
