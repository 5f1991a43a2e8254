import { pino } from "pino";
import { migrations } from "../../server/migrations/index.ts";
import { unpackSamples } from "../../server/src/fleet/history/segment.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";
import { METRICS } from "@muster/shared/contracts/metric.ts";
import { createHistoryServer } from "./history-server.ts";

/** When everything that was received until now counts as finished and is packed. */
const LATER_MS = 2 * 3_600_000;

export type StoredSample = { at: number; netIn: number };

/**
 * Every sample that the database holds, by device id, as often as it is stored: packs the journal first, so that each is in one
 * place only. No server may run on the database.
 */
export async function readStoredSamples(databaseUrl: string): Promise<Map<string, StoredSample[]>> {
  const store = await openStore({ url: databaseUrl, log: pino({ level: "silent" }), migrations });
  try {
    await createHistoryServer(store).packing.pack(Date.now() + LATER_MS, new AbortController().signal);
    const left = await store.read.selectFrom("journal").select("id").execute();
    if (left.length > 0) throw new Error(`${left.length} rows of the journal were not packed`);
    const rows = await store.read
      .selectFrom("devices")
      .innerJoin("history_segments", "history_segments.device_no", "devices.device_no")
      .select(["devices.id", "history_segments.bytes"])
      .execute();
    const stored = new Map<string, StoredSample[]>();
    for (const { id, bytes } of rows) stored.set(id, [...(stored.get(id) ?? []), ...samplesOf(bytes)]);
    return stored;
  } finally {
    await store.close();
  }
}

function samplesOf(bytes: Uint8Array): StoredSample[] {
  const { times, columns } = unpackSamples(bytes);
  const values = columns.get(METRICS.netIn.column);
  return [...times].map((at, index) => ({ at, netIn: values?.[index] ?? Number.NaN }));
}
