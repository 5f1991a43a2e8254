import { cleanLine } from "../collectors/clean-line.ts";
import type { Collected } from "../collectors/collector.ts";
import type { Clock } from "../platform/ports.ts";
import { messageOf } from "./log.ts";

const LONGEST_REASON = 200;

/** Something that collects, whatever its section. */
type Collects<Part> = {
  name: string;
  timeoutMs: number;
  collect(signal: AbortSignal): Promise<Collected<Part>>;
};

/** Runs one collector at a time at most, within its time limit; what fails, hangs or is still busy is a skip with the reason. */
export function createCollectorRun<Part>(
  collector: Collects<Part>,
  clock: Clock,
): () => Promise<Collected<Part>> {
  let isBusy = false;

  return () => {
    if (isBusy) return Promise.resolve(skip("the last run has not ended yet"));
    isBusy = true;
    const limit = new AbortController();
    return new Promise((resolve) => {
      const cancel = clock.after(collector.timeoutMs, () => {
        limit.abort();
        resolve(skip(`no answer within ${collector.timeoutMs / 1000} s`));
      });
      void collect(collector, limit.signal).then((collected) => {
        isBusy = false;
        cancel();
        resolve(collected);
      });
    });
  };
}

async function collect<Part>(collector: Collects<Part>, signal: AbortSignal): Promise<Collected<Part>> {
  try {
    return await collector.collect(signal);
  } catch (error) {
    return skip(messageOf(error));
  }
}

function skip(reason: string): { kind: "skip"; reason: string } {
  return { kind: "skip", reason: cleanLine(reason, LONGEST_REASON) ?? "unknown" };
}
