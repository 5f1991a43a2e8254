import { benchEnvironment, type Memory, startBenchServer } from "./harness/bench-server.ts";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { scaled } from "./harness/bench-scale.ts";
import { printTable } from "./harness/bench-table.ts";
import { openAgentStreams, type OpenStreams } from "./harness/open-streams.ts";
import { seedFleet } from "./harness/seed-fleet.ts";

const COUNTS = [1000, 2500, 5000].map((count) => scaled(count, 50));
const MAX_STREAMS = Math.max(...COUNTS);

await inBenchFolder(async (folder) => {
  const environment = benchEnvironment(folder);
  const fleet = await seedFleet(environment, MAX_STREAMS);
  const credentials = fleet.devices.map(({ credential }) => credential);
  const server = await startBenchServer(environment);
  const opened: OpenStreams[] = [];
  try {
    const measured: (Memory & { streams: number })[] = [{ streams: 0, ...(await server.memory()) }];
    for (const streams of COUNTS) {
      const already = measured.at(-1)?.streams ?? 0;
      opened.push(await openAgentStreams(server.port, credentials.slice(already, streams)));
      measured.push({ streams, ...(await server.memory()) });
    }
    const first = measured[1];
    const last = measured.at(-1);
    const slope = (of: (memory: Memory) => number) =>
      first && last ? (of(last) - of(first)) / 1000 / (last.streams - first.streams) : Number.NaN;
    printTable(
      "Memory of the server with agents' streams open, each with its own credential (target: at most 25 KB each)",
      ["streams", "RSS MB", "heap MB", "buffers MB"],
      [
        ...measured.map(({ streams, rssBytes, heapBytes, externalBytes }) => [
          streams.toLocaleString("en"),
          rssBytes / 1e6,
          heapBytes / 1e6,
          externalBytes / 1e6,
        ]),
        [
          `KB each, from ${COUNTS[0]} to ${MAX_STREAMS}`,
          slope(({ rssBytes }) => rssBytes),
          slope(({ heapBytes }) => heapBytes),
          slope(({ externalBytes }) => externalBytes),
        ],
      ],
    );
  } finally {
    await Promise.all(opened.map((streams) => streams.close()));
    await server.stop();
  }
});
