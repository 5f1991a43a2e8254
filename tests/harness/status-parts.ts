import { createStatusParts, type StatusParts } from "../../server/src/alerting/status-page/index.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import { createLocalReads } from "../../server/src/platform/read-threads/local-reads.ts";
import type { FleetWorld } from "./fleet-server.ts";

export const STATUS_URL = "https://muster.example.org";

/** The status pages of a server. */
export function statusPartsOf({
  store,
  clock,
  identity,
  fleet,
}: Pick<FleetWorld, "store" | "clock" | "identity" | "fleet">): StatusParts {
  const { audit, customers, organizations } = identity;
  return createStatusParts({
    store,
    clock,
    audit,
    customers,
    organizations,
    reads: createLocalReads(store),
    makeId: createUuidV7Factory(clock.now),
    findTargets: fleet.findTargets,
    publicUrl: STATUS_URL,
  });
}
