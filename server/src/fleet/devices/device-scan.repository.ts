import type { DeviceListQuery, DeviceSort } from "@muster/shared/contracts/device.ts";
import { compareSortKeys } from "@muster/shared/natural-order.ts";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { ListPosition } from "./device-cursor.ts";
import { readStoredFilter, withFilter } from "./device-filter.repository.ts";
import { type ListedRow, pageOf, SORT_KEYS, type SortKey } from "./device-list.repository.ts";
import { selectNumbers, selectRows } from "./device-selection.repository.ts";
import { isInSlice, readSlices } from "./device-slices.repository.ts";
import type { Tenant } from "../../platform/tenant.ts";

/** A scan reads every device, which is faster in table order than in the order of an index. */
const UNINDEXED_KEYS: Record<DeviceSort, SortKey> = {
  ...SORT_KEYS,
  attention: sql`+d.attention_rank`,
  name: sql`d.name_sort || ''`,
  customer: sql`d.customer_sort || ''`,
};

type Candidate = { device_no: number; sort_key: string | number; name_sort: string; id: string };

export type ScanOptions = {
  after: ListPosition | null;
  /** Wall time. */
  now: number;
  /** Called between two statements. */
  pause(): Promise<void>;
  /** Devices of one slice; the default is right except for tests. */
  sliceDevices?: number;
};

/** The rows of one page, and one more where there is a next page. Goes through all devices, slice by slice. */
export async function scanDevicePage(
  db: Kysely<Tables>,
  tenant: Tenant,
  query: DeviceListQuery,
  { after, now, pause, sliceDevices }: ScanOptions,
): Promise<ListedRow[]> {
  const { sort, order } = query;
  const limit = query.limit + 1;
  const direction = order === "asc" ? 1 : -1;
  const filter = await readStoredFilter(db, tenant.orgId, query);
  let best: Candidate[] = [];
  for await (const slice of readSlices(db, tenant.orgId, query.archived, sliceDevices)) {
    // Most devices of the other slices are behind what was found. Their keys show it, and names and ids, which order equal keys, are
    // not read from their much larger rows.
    const before = best.length === limit ? positionOf(best.at(-1)) : null;
    const found = await selectNumbers(db, tenant)
      .$call((numbers) => withFilter(numbers, tenant.orgId, filter, now))
      .where(isInSlice(slice))
      .$call((numbers) => pageOf(numbers, UNINDEXED_KEYS[sort], order, { after, before, limit }))
      .select(["d.id", "d.name_sort", UNINDEXED_KEYS[sort].as("sort_key")])
      .execute();
    best = [...best, ...found].toSorted((a, b) => direction * compareCandidates(a, b)).slice(0, limit);
    await pause();
  }
  return readCandidates(db, sort, best);
}

function positionOf(candidate: Candidate | undefined): ListPosition | null {
  if (!candidate) return null;
  return { sortKey: candidate.sort_key, nameSort: candidate.name_sort, id: candidate.id };
}

async function readCandidates(
  db: Kysely<Tables>,
  sort: DeviceSort,
  candidates: readonly Candidate[],
): Promise<ListedRow[]> {
  if (candidates.length === 0) return [];
  const numbers = candidates.map(({ device_no }) => device_no);
  const rows = await selectRows(db)
    .select(SORT_KEYS[sort].as("sort_key"))
    .where("d.device_no", "in", numbers)
    .execute();
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  // The cursor must have the key by which the row was placed, whatever a report changed since.
  return candidates.flatMap(({ id, sort_key, name_sort }) => {
    const row = rowOf.get(id);
    return row ? [{ ...row, sort_key, name_sort }] : [];
  });
}

function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    compareKeys(a.sort_key, b.sort_key) ||
    compareSortKeys(a.name_sort, b.name_sort) ||
    compareSortKeys(a.id, b.id)
  );
}

function compareKeys(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : compareSortKeys(String(a), String(b));
}
