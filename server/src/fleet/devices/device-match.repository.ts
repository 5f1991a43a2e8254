import type { DeviceFilter } from "@muster/shared/contracts/device.ts";
import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { readStoredFilter, withFilter } from "./device-filter.repository.ts";
import { selectNumbers } from "./device-selection.repository.ts";
import { isInSlice, readSlices } from "./device-slices.repository.ts";

export type MatchOptions = {
  /** Wall time. */
  now: number;
  /** Ids beyond this number are counted only. */
  maxIds: number;
  /** Called between two statements. */
  pause(): Promise<void>;
};

export type MatchedDevices = { count: number; ids: string[] };

/** The devices of a tenant that match a filter, in no order. Goes through all devices once, slice by slice. */
export async function matchDevices(
  db: Kysely<Tables>,
  tenant: Tenant,
  given: DeviceFilter,
  { now, maxIds, pause }: MatchOptions,
): Promise<MatchedDevices> {
  const filter = await readStoredFilter(db, tenant.orgId, given);
  const ids: string[] = [];
  let count = 0;
  for await (const slice of readSlices(db, tenant.orgId, given.archived)) {
    const found = await selectNumbers(db, tenant)
      .$call((numbers) => withFilter(numbers, tenant.orgId, filter, now))
      .where(isInSlice(slice))
      .select("d.id")
      .execute();
    count += found.length;
    for (const { id } of found.slice(0, Math.max(0, maxIds - ids.length))) ids.push(id);
    await pause();
  }
  return { count, ids };
}
