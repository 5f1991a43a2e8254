import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { runLoad } from "./load.ts";
import { readProcessCpu } from "./process-cpu.ts";

const script = path.join(import.meta.dirname, "hello-server.ts");

/** CPU microseconds of a plain node:http server for one request, measured now. */
export async function measureHello(durationMs: number): Promise<{ cpuUs: number; perSecond: number }> {
  const child = fork(script);
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  const pid = child.pid ?? 0;
  try {
    const load = { port, connections: 64, requests: { kind: "get", paths: ["/"], bearer: "" } } as const;
    await runLoad({ ...load, durationMs: durationMs / 4 });
    const before = readProcessCpu(pid);
    const result = await runLoad({ ...load, durationMs });
    const usedS = readProcessCpu(pid).allS - before.allS;
    return { cpuUs: (usedS * 1e6) / result.answered, perSecond: result.perSecond };
  } finally {
    child.disconnect();
    await once(child, "exit");
  }
}
