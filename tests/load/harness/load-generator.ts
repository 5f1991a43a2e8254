import { type HttpConnection, openConnection } from "./http-connection.ts";
import type { LoadOptions, LoadResult, RequestSource } from "./load.ts";
import { createRequests } from "./load-requests.ts";

process.once("message", (options: LoadOptions) => {
  void run(options).then((result) => process.send?.(result));
});
process.once("disconnect", () => process.exit());

async function run(options: LoadOptions): Promise<LoadResult> {
  const { port, connections, durationMs, perSecond } = options;
  const source = createRequests(options.requests);
  const count = Math.min(connections, source.maxUnderWay);
  const free = await Promise.all(Array.from({ length: count }, () => openConnection(port)));
  const all = [...free];
  const tally = createTally();
  const startedAt = performance.now();
  const endsAt = startedAt + durationMs;
  await (perSecond === undefined
    ? closedLoop(all, source, endsAt, tally)
    : openLoop(free, source, { startedAt, endsAt, perSecond }, tally));
  const tookS = (performance.now() - startedAt) / 1000;
  for (const connection of all) connection.close();
  return tally.result(tookS);
}

/** Each connection sends its next request as soon as the previous one is answered. */
async function closedLoop(
  connections: readonly HttpConnection[],
  { next }: RequestSource,
  endsAt: number,
  tally: Tally,
): Promise<void> {
  await Promise.all(
    connections.map(
      (connection) =>
        new Promise<void>((resolve) => {
          const send = () => {
            const sentAt = performance.now();
            const request = sentAt < endsAt ? next() : null;
            if (!request) return resolve();
            connection.send(request.head, request.body, (status) => {
              tally.add(status, performance.now() - sentAt);
              request.onAnswer?.();
              if (status === 0) resolve();
              else send();
            });
          };
          send();
        }),
    ),
  );
}

/** Sends when a request is due; without a free connection it waits, and its latency counts from its due time. */
async function openLoop(
  free: HttpConnection[],
  { next }: RequestSource,
  { startedAt, endsAt, perSecond }: { startedAt: number; endsAt: number; perSecond: number },
  tally: Tally,
): Promise<void> {
  let due = 0;
  let open = 0;
  const dueAt = () => startedAt + (due * 1000) / perSecond;
  await new Promise<void>((resolve) => {
    const send = () => {
      const now = performance.now();
      while (free.length > 0 && dueAt() <= now && dueAt() < endsAt) {
        const request = next();
        const connection = request && free.pop();
        if (!connection) break;
        const wasDueAt = dueAt();
        due += 1;
        open += 1;
        connection.send(request.head, request.body, (status) => {
          tally.add(status, performance.now() - wasDueAt);
          request.onAnswer?.();
          open -= 1;
          free.push(connection);
          if (dueAt() <= performance.now()) send();
        });
      }
      if (dueAt() >= endsAt && open === 0) {
        clearInterval(timer);
        resolve();
      }
    };
    const timer = setInterval(send, 1);
  });
}

type Tally = { add(status: number, latencyMs: number): void; result(tookS: number): LoadResult };

function createTally(): Tally {
  const statuses: Record<string, number> = {};
  const latencies: number[] = [];
  return {
    add(status, latencyMs) {
      statuses[status] = (statuses[status] ?? 0) + 1;
      latencies.push(latencyMs);
    },
    result(tookS) {
      const sorted = Float64Array.from(latencies).toSorted();
      const at = (share: number) =>
        sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
      return {
        answered: latencies.length,
        statuses,
        perSecond: latencies.length / tookS,
        latencyMs: { p50: at(0.5), p99: at(0.99), max: at(1) },
      };
    },
  };
}
