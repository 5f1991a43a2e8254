import type { History, LabelledHistory, Sparklines } from "@muster/shared/contracts/history.ts";
import type { InstanceKind, MetricName } from "@muster/shared/contracts/metric.ts";
import type { ReadStore } from "../platform/database/read-store.ts";
import { MusterError } from "../platform/errors.ts";
import type { Read } from "../platform/read-threads/read.ts";
import { createHistoryService, type HistoryDevice } from "./history/history.service.ts";
import { readInstances } from "./history/instances.repository.ts";
import { createJournalChain } from "./history/journal-chain.repository.ts";
import { readLabelledHistory } from "./history/labelled-history.service.ts";
import { createPackedHistoryRepository } from "./history/packed-history.repository.ts";
import { createRollupReader } from "./history/rollup-reader.ts";
import { createSampleReader } from "./history/sample-reader.ts";
import { createSparklineService } from "./history/sparkline.service.ts";
import { findHistoryDevices } from "./history-devices.repository.ts";
import type { Tenant } from "../platform/tenant.ts";

/** One device's history over [from, to) in epoch milliseconds. */
type HistoryInput = {
  tenant: Tenant;
  deviceId: string;
  metrics: readonly MetricName[];
  from: number;
  to: number;
};
type LabelledInput = {
  tenant: Tenant;
  deviceId: string;
  kind: InstanceKind;
  shown: readonly number[] | undefined;
  from: number;
  to: number;
};
type SparklineInput = { tenant: Tenant; deviceIds: readonly string[]; now: number };

/** Throws `not-found` for a device that the tenant does not reach. */
export const historyRead: Read<HistoryInput, History> = {
  name: "history",
  open(store) {
    const { history } = openHistory(store);
    return async ({ tenant, deviceId, ...range }, turn) =>
      history.read({ device: await findDevice(store, tenant, deviceId), ...range }, turn);
  },
};

/** Throws `not-found` for a device that the tenant does not reach. */
export const labelledHistoryRead: Read<LabelledInput, LabelledHistory> = {
  name: "labelled-history",
  open(store) {
    const history = openHistory(store).history;
    return async ({ tenant, deviceId, ...range }, turn) => {
      const device = await findDevice(store, tenant, deviceId);
      const instances = await readInstances(store.read, tenant.orgId, device.deviceNo);
      return readLabelledHistory(history, { device, instances, ...range }, turn);
    };
  },
};

/** Devices that are not found are left out. */
export const sparklineRead: Read<SparklineInput, Sparklines> = {
  name: "sparklines",
  open(store) {
    const { packed, chain } = openHistory(store);
    const sparklines = createSparklineService(packed, chain);
    return async ({ tenant, deviceIds, now }, turn) =>
      sparklines.read(await findHistoryDevices(store.read, tenant, deviceIds), now, turn);
  },
};

function openHistory(store: ReadStore) {
  const packed = createPackedHistoryRepository(store.read);
  const chain = createJournalChain(store);
  const samples = createSampleReader(packed, chain);
  return { packed, chain, history: createHistoryService(samples, createRollupReader(packed, samples)) };
}

async function findDevice(store: ReadStore, tenant: Tenant, deviceId: string): Promise<HistoryDevice> {
  const device = (await findHistoryDevices(store.read, tenant, [deviceId])).get(deviceId);
  if (!device) throw new MusterError("not-found", "There is no such device.");
  return device;
}
