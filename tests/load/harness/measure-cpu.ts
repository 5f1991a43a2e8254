import type { BenchServer } from "./bench-server.ts";
import { type LoadOptions, type LoadResult, runLoad } from "./load.ts";

/** What a load cost the server: CPU microseconds for each answered request, of all its threads and of the main one. */
export type LoadCost = LoadResult & { cpuUs: number; mainUs: number };

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
