import { cleanLine } from "./clean-line.ts";
import type { SampleCollector } from "./collector.ts";
import type { MetricsPort, SessionPort } from "../platform/ports.ts";

const MAX_USER_LENGTH = 120;
const MAX_EPOCH_MS = 8.64e15;

/** Who is logged in at the console, and since when nothing was typed or moved there. */
export function createSessionCollector(sessions: SessionPort): SampleCollector {
  return {
    name: "session",
    section: "sample",
    timeoutMs: 10_000,
    everyMs: 60_000,
    async collect(signal) {
      const { user, idleSinceMs } = await sessions.console(signal);
      return {
        kind: "value",
        value: {
          facts: { user: cleanLine(user, MAX_USER_LENGTH) ?? null, idleSince: toInstant(idleSinceMs) },
        },
      };
    },
  };
}

function toInstant(epochMs: number | null): number | null {
  return epochMs !== null && epochMs >= 0 && epochMs <= MAX_EPOCH_MS ? Math.round(epochMs) : null;
}

/** Whether the system asks for a reboot to finish its updates. */
export function createRebootRequiredCollector(metrics: MetricsPort): SampleCollector {
  return {
    name: "reboot-required",
    section: "sample",
    timeoutMs: 20_000,
    everyMs: 10 * 60_000,
    async collect(signal) {
      const rebootRequired = await metrics.rebootRequired(signal);
      return { kind: "value", value: rebootRequired === null ? {} : { facts: { rebootRequired } } };
    },
  };
}
