import type { DeviceFilter } from "@muster/shared/contracts/device.ts";
import type { DeviceTargets } from "@muster/shared/contracts/device-match.ts";
import { MAX_MATCHED_DEVICES } from "@muster/shared/device-limits.ts";
import type { Clock } from "../../platform/clock.ts";
import { MusterError } from "../../platform/errors.ts";
import type { Reads } from "../../platform/read-threads/reads.ts";
import { type Tenant, tenantOf } from "../../platform/tenant.ts";
import { deviceMatchRead } from "./device-match.ts";
import type { MatchedDevices } from "./device-match.repository.ts";

/**
 * The ids that a request is about. A filter is read once: the devices that match then are the ones, whatever changes later. Throws
 * `conflict` when another number than expected matches.
 */
export type ResolveDevices = (
  tenant: Tenant,
  targets: DeviceTargets,
  signal: AbortSignal,
) => Promise<readonly string[]>;

/** Finds the devices of a filter. */
export type MatchDevices = (
  tenant: Tenant,
  filter: DeviceFilter,
  maxIds: number,
  signal: AbortSignal,
) => Promise<MatchedDevices>;

export function createMatchDevices({ reads, clock }: { reads: Reads; clock: Clock }): MatchDevices {
  return async (tenant, filter, maxIds, signal) => {
    const { orgId } = tenant;
    const input = { tenant: tenantOf(tenant), filter, now: clock.now(), maxIds };
    const { text } = await reads.run(deviceMatchRead, input, { orgId, signal });
    const matched: MatchedDevices = JSON.parse(text);
    return matched;
  };
}

export function createResolveDevices(match: MatchDevices): ResolveDevices {
  return async (tenant, { deviceIds = [], filter, expectedCount }, signal) => {
    if (filter === undefined) return [...new Set(deviceIds)];
    const { count, ids } = await match(tenant, filter, MAX_MATCHED_DEVICES, signal);
    if (count === expectedCount) return ids;
    throw new MusterError("conflict", `${count} devices match the filter now, not ${expectedCount}.`, {
      details: [{ path: "expectedCount", message: `is ${count} now: check the devices and send it again` }],
    });
  };
}
