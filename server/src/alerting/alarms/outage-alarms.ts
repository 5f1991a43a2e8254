import { OUTAGE_TYPE } from "@muster/shared/alarms/inhibition.ts";
import { type Outage, readCustomerNames, readOutages } from "../../fleet/index.ts";
import type { Store } from "../../platform/database/store.ts";
import { outageKeyOf } from "./alarm-key.ts";
import { readLastingOutages } from "./alarm.system-repository.ts";
import type { SystemAlarms } from "./system-alarms.ts";

/**
 * Opens an alarm for each suspected outage of a site or of an organization, and ends it with the outage. It compares what is stored, so
 * nothing is missed when a server is killed in between.
 */
export function createOutageAlarms({ store, systemAlarms }: { store: Store; systemAlarms: SystemAlarms }) {
  /** The site by its customer and its public network; undefined for the whole organization. */
  async function nameOf({ orgId, site }: Outage): Promise<string | undefined> {
    if (site === null) return undefined;
    const { customerId, network } = site;
    const names = customerId === null ? null : await readCustomerNames(store.read, orgId, [customerId]);
    return [names?.get(customerId ?? ""), network]
      .filter((part) => part !== undefined && part !== null)
      .join(", ");
  }

  return {
    async compare(signal: AbortSignal): Promise<void> {
      const outages = await readOutages(store.read);
      const lasting = await readLastingOutages(store.read);
      const wanted = new Set(outages.map(({ orgId, key }) => idOf(orgId, outageKeyOf(key))));
      const known = new Set<string>();
      for (const alarm of lasting) {
        if (signal.aborted) return;
        const id = idOf(alarm.org_id, alarm.key);
        if (!wanted.has(id)) await systemAlarms.end(alarm.org_id, alarm.key, "cleared");
        else if (alarm.is_violating === 1) known.add(id);
      }
      for (const outage of outages) {
        if (signal.aborted) return;
        const { orgId, site, since, devices } = outage;
        const key = outageKeyOf(outage.key);
        if (known.has(idOf(orgId, key))) continue;
        const text = await nameOf(outage);
        await systemAlarms.begin(orgId, {
          key,
          type: OUTAGE_TYPE,
          severity: "critical",
          facts: { since, count: devices, ...(text !== undefined && { text }) },
          customerId: site?.customerId ?? null,
        });
      }
    },
  };
}

function idOf(orgId: string, key: string): string {
  return `${orgId} ${key}`;
}
