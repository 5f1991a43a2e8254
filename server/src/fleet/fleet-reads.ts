import type { AnyRead } from "../platform/read-threads/read.ts";
import { deviceMatchRead } from "./devices/device-match.ts";
import { deviceScan } from "./devices/device-scan.ts";
import { historyRead, labelledHistoryRead, sparklineRead } from "./history-reads.ts";

/** The reads of this module that run on read threads. */
export const fleetReads: readonly AnyRead[] = [
  deviceMatchRead,
  deviceScan,
  historyRead,
  labelledHistoryRead,
  sparklineRead,
];
