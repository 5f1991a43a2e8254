import { setTimeout } from "node:timers/promises";
import type { BenchServer } from "./bench-server.ts";
import { type LoadOptions, type LoadResult, runLoad } from "./load.ts";

/** CPU microseconds of the server for each answered request: of all its threads, and of the main thread. */
export type LoadCost = LoadResult & { cpuUs: number; mainUs: number };

const IDLE_CHECK_MS = 1_000;
/** Of one core. */
const MAX_IDLE_SHARE = 0.1;

/** Lets every device report twice: the first report of each fills caches and changes seeded rows. */
export async function warmUp(server: BenchServer, devices: readonly string[]): Promise<void> {
  const requests = { kind: "reports", devices, firstSequence: 1, epoch: "bench1", rounds: 2 } as const;
  await runLoad({ port: server.port, connections: 128, durationMs: 120_000, requests });
  await untilIdle(server);
}

/** Waits for the work that first reports leave to jobs, which is no part of what is measured. */
async function untilIdle(server: BenchServer): Promise<void> {
  for (let before = server.cpu().allS; ; ) {
    await setTimeout(IDLE_CHECK_MS);
    const now = server.cpu().allS;
    if ((now - before) * 1000 < IDLE_CHECK_MS * MAX_IDLE_SHARE) return;
    before = now;
  }
}

export async function measureLoad(
  server: BenchServer,
  options: Omit<LoadOptions, "port">,
): Promise<LoadCost> {
  const before = server.cpu();
  const result = await runLoad({ ...options, port: server.port });
  const after = server.cpu();
  return {
    ...result,
    cpuUs: ((after.allS - before.allS) * 1e6) / result.answered,
    mainUs: ((after.mainS - before.mainS) * 1e6) / result.answered,
  };
}
