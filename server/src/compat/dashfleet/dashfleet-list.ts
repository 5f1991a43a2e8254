import type { LegacyDevice } from "../../fleet/index.ts";
import { type DashfleetEntry, toEntry } from "./dashfleet-entry.ts";

/** Pages of machines of one organization, each with its id. */
export type MachinePages = AsyncIterable<{ orgId: string; devices: readonly LegacyDevice[] }>;

/**
 * DashFleet's list `{ data, expired, count }` as pieces of JSON, one per page, so that a large list is never in memory as a whole.
 * `show` makes an entry of a machine, null to leave it out.
 */
export async function* listAsJson(
  pages: MachinePages,
  now: number,
  show: (entry: DashfleetEntry, device: LegacyDevice) => object | null,
): AsyncGenerator<string> {
  const expired: string[] = [];
  let count = 0;
  let start = '{"data":[';
  for await (const { orgId, devices } of pages) {
    const entries: string[] = [];
    for (const device of devices) {
      const entry = toEntry(orgId, device, now);
      const shown = show(entry, device);
      if (shown === null) continue;
      entries.push(JSON.stringify(shown));
      if (device.summary.presence.connection === "expired") expired.push(entry.id);
    }
    if (entries.length === 0) continue;
    count += entries.length;
    yield start + entries.join(",");
    start = ",";
  }
  const head = count === 0 ? start : "";
  yield `${head}],"expired":${JSON.stringify(expired)},"count":${count}}`;
}
