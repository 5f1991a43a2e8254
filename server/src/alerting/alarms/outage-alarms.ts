import { readOutages } from "../../fleet/index.ts";
import type { Store } from "../../platform/database/store.ts";
import { OUTAGE_KEY } from "./alarm-key.ts";
import { readLastingByOrganization } from "./alarm.system-repository.ts";
import type { SystemAlarms } from "./system-alarms.ts";

/**
 * Opens an alarm where a suspected outage holds the devices of an organization, and ends it with the hold. It compares what is stored, so
 * nothing is missed when a server is killed in between.
 */
export function createOutageAlarms({ store, systemAlarms }: { store: Store; systemAlarms: SystemAlarms }) {
  return {
    async compare(signal: AbortSignal): Promise<void> {
      const outages = await readOutages(store.read);
      const lasting = await readLastingByOrganization(store.read, OUTAGE_KEY);
      for (const orgId of new Set([...outages.keys(), ...lasting.keys()])) {
        if (signal.aborted) return;
        const outage = outages.get(orgId);
        const isKnown = lasting.get(orgId)?.is_violating === 1;
        if (outage === undefined) await systemAlarms.end(orgId, OUTAGE_KEY, "cleared");
        else if (!isKnown) {
          const facts = { since: outage.since };
          await systemAlarms.begin(orgId, { key: OUTAGE_KEY, type: "outage", severity: "critical", facts });
        }
      }
    },
  };
}
