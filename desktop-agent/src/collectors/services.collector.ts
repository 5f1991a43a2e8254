import type { DeviceService, DeviceServices } from "@muster/shared/contracts/service.ts";
import { cleanLine } from "./clean-line.ts";
import type { SampleCollector } from "./collector.ts";
import type { ServiceReading, ServicesPort } from "../platform/ports/services-port.ts";

const MAX_NAME_LENGTH = 256;
const MAX_WORD_LENGTH = 40;
const MAX_REASON_LENGTH = 200;
const MAX_EPOCH_MS = 8.64e15;

/** The services of the machine. */
export function createServicesCollector(services: ServicesPort): SampleCollector {
  return {
    name: "services",
    section: "sample",
    timeoutMs: 3_000,
    everyMs: 60_000,
    async collect(signal) {
      const reading = await services.read(signal);
      if (reading.kind === "services") {
        const list = reading.services.flatMap((service) => fitService(service) ?? []);
        return { kind: "value", value: { facts: { services: { list, total: reading.total } } } };
      }
      const unreadable = cleanLine(reading.reason, MAX_REASON_LENGTH) ?? "unknown reason";
      const none: DeviceServices = { list: [], total: 0, unreadable };
      return { kind: "value", value: { facts: { services: none } } };
    },
  };
}

/** Undefined for a service whose name has nothing that can be shown. */
function fitService(service: ServiceReading): DeviceService | undefined {
  const { state, startup, exitCode, pid, restarts, sinceMs } = service;
  const name = cleanLine(service.name, MAX_NAME_LENGTH);
  if (name === undefined) return undefined;
  const nativeState = cleanLine(service.nativeState, MAX_WORD_LENGTH);
  const result = cleanLine(service.result, MAX_WORD_LENGTH);
  return {
    name,
    state,
    ...(nativeState !== undefined && { nativeState }),
    ...(startup !== undefined && { startup }),
    ...(result !== undefined && { result }),
    ...(exitCode !== undefined && { exitCode }),
    ...(pid !== undefined && { pid }),
    ...(restarts !== undefined && { restarts }),
    ...(sinceMs !== undefined && sinceMs >= 0 && sinceMs <= MAX_EPOCH_MS && { since: sinceMs }),
  };
}
