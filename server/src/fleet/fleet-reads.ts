import type { AnyRead } from "../platform/read-threads/read.ts";
import { deviceFacets } from "./devices/device-facets.ts";
import { deviceMatchRead } from "./devices/device-match.ts";
import { deviceScan } from "./devices/device-scan.ts";
import { deviceAvailabilityRead } from "./availability/device-availability.ts";
import { fleetAvailabilityRead } from "./availability/fleet-availability.ts";
import { groupStatusRead } from "./group-status/group-status.ts";
import { historyRead, labelledHistoryRead, sparklineRead } from "./history-reads.ts";

/** The reads of this module that run on read threads. */
export const fleetReads: readonly AnyRead[] = [
  deviceMatchRead,
  deviceScan,
  deviceFacets,
  historyRead,
  labelledHistoryRead,
  sparklineRead,
  deviceAvailabilityRead,
  fleetAvailabilityRead,
  groupStatusRead,
];
