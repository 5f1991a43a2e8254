import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { EventBus } from "../../platform/events/event-bus.ts";
import type { Job } from "../../platform/jobs/job.ts";
import { readDevicesOfAlarms } from "./help-request.repository.ts";

export type SupportChanges = {
  /** When something that the device reads of IT changed last, as far as this server knows; null when it knows of no change. */
  changedAt(device: { orgId: string; deviceId: string }): number | null;
  job: Job;
};

const EVERY_MS = 1_000;
const ALARMS_PER_READ = 200;
/** Devices that are remembered. One that is forgotten reads again after a quarter of an hour. */
const MAX_DEVICES = 50_000;

/**
 * Remembers in memory which devices have to read again. Hints name alarms, whose devices the job reads, so that the answers to reports
 * need no database.
 */
export function createSupportChanges(deps: {
  store: Store;
  clock: Clock;
  events: Pick<EventBus, "subscribe">;
}): SupportChanges {
  const { store, clock, events } = deps;
  const devices = new Map<string, number>();
  const organizations = new Map<string, number>();
  let changedAlarms = new Map<string, Set<string>>();

  events.subscribe("organization.changed", ({ orgId }) => void organizations.set(orgId, clock.now()));
  events.subscribe("alarm.changed", ({ orgId, ids }) => {
    const known = changedAlarms.get(orgId) ?? new Set();
    for (const id of ids) known.add(id);
    changedAlarms.set(orgId, known);
  });

  function remember(deviceId: string): void {
    devices.delete(deviceId);
    devices.set(deviceId, clock.now());
    const [oldest] = devices.keys();
    if (devices.size > MAX_DEVICES && oldest !== undefined) devices.delete(oldest);
  }

  return {
    changedAt({ orgId, deviceId }) {
      const at = Math.max(devices.get(deviceId) ?? 0, organizations.get(orgId) ?? 0);
      return at === 0 ? null : at;
    },
    job: {
      name: "support-changes",
      everyMs: EVERY_MS,
      isPerServer: true,
      async run() {
        const changed = changedAlarms;
        changedAlarms = new Map();
        for (const [orgId, ids] of changed) {
          const all = [...ids];
          for (let start = 0; start < all.length; start += ALARMS_PER_READ) {
            const slice = all.slice(start, start + ALARMS_PER_READ);
            for (const id of await readDevicesOfAlarms(store.read, orgId, slice)) remember(id);
          }
        }
      },
    },
  };
}
