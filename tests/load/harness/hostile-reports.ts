import { gzipSync } from "node:zlib";
import { fullReport } from "../../../server/src/fleet/ingest/report.fixture.ts";
import type { LoadRequests, PreparedRequest } from "./load.ts";

type HostileRequests = Extract<LoadRequests, { kind: "inventories" | "unknown keys" }>;

/** Bodies made in advance: making one costs the generator more than the server. */
const PREPARED = 600;
const UNKNOWN_KEYS = 95_000;
const HASH_LENGTH = 16;

/** Reports whose bodies cost much: as many as are due in a bench, then the same again. */
export function createHostileReports(requests: HostileRequests): () => PreparedRequest | null {
  const { devices } = requests;
  const unknown = requests.kind === "unknown keys" ? gzipSync(unknownKeysBody()) : null;
  const prepared = Array.from({ length: PREPARED }, (_, turn) => {
    const sequence = requests.firstSequence + Math.floor(turn / devices.length);
    const body = unknown ?? gzipSync(inventoryBody(requests.epoch, sequence));
    return { head: headOf(devices[turn % devices.length] ?? ""), body };
  });
  let turn = 0;
  return () => prepared[turn++ % PREPARED] ?? null;
}

function inventoryBody(epoch: string, sequence: number): string {
  const networkInterfaces = Array.from({ length: 100 }, (_interface, interfaceNo) => ({
    name: `eth${interfaceNo}`,
    addresses: Array.from({ length: 50 }, (_, index) => `2001:db8:${interfaceNo}:${index}::${sequence}`),
  }));
  return JSON.stringify({
    ...fullReport,
    epoch,
    sequence,
    sentAt: Date.now(),
    samples: [{ at: Date.now(), cpu: 1 }],
    inventory: { ...fullReport.inventory, networkInterfaces },
    inventoryHash: sequence.toString(16).padStart(HASH_LENGTH, "0"),
  });
}

function unknownKeysBody(): string {
  return JSON.stringify(
    Object.fromEntries(Array.from({ length: UNKNOWN_KEYS }, (_, index) => [`k${index}`, 1])),
  );
}

function headOf(credential: string): string {
  return `POST /api/v1/agent/report HTTP/1.1\r\nauthorization: Bearer ${credential}\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\nhost: localhost\r\nconnection: keep-alive\r\n`;
}
