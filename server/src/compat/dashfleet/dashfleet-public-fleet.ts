import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { PublicStatus } from "@muster/shared/contracts/status-page.ts";
import type { Clock } from "../../platform/clock.ts";

/** The refresh interval of DashFleet's pages. A page that was switched off is gone after it. */
const MAX_AGE_MS = 5_000;
const GZIP_LEVEL = 1;

const gzipAsync = promisify(gzip);

/** The bytes of the answer. Requests share them, so that many clients that do not read hold one copy. */
export type PublicFleet = { plain: Uint8Array<ArrayBuffer>; gzipped: Uint8Array<ArrayBuffer> };

type PublicFleetDeps = {
  /** What visitors read of all enabled status pages. */
  readPublicStatuses: () => Promise<PublicStatus[]>;
  clock: Clock;
};

/** Creates the reader of the public list: the components of the enabled status pages, in the shape of DashFleet's machines. */
export function createPublicFleet(deps: PublicFleetDeps): () => Promise<PublicFleet> {
  const { clock } = deps;
  let cached: { at: number; fleet: Promise<PublicFleet> } | null = null;

  return async () => {
    const at = clock.monotonic();
    if (cached && at - cached.at < MAX_AGE_MS) return cached.fleet;
    const fleet = build(deps);
    cached = { at, fleet };
    fleet.catch(() => {
      if (cached?.fleet === fleet) cached = null;
    });
    return fleet;
  };
}

async function build({ readPublicStatuses, clock }: PublicFleetDeps): Promise<PublicFleet> {
  const now = clock.now();
  const data = (await readPublicStatuses()).flatMap((page) =>
    page.components.map((component) => toEntry(page, component, now)),
  );
  const plain = Buffer.from(JSON.stringify({ count: data.length, expired: [], data }));
  return { plain, gzipped: await gzipAsync(plain, { level: GZIP_LEVEL }) };
}

/** A component as a machine: the names that were chosen for visitors, and no metrics. */
function toEntry(
  { title }: PublicStatus,
  { name, state, lastReportAt }: PublicStatus["components"][number],
  now: number,
) {
  const lastSeenAt = lastReportAt === null ? 0 : Date.parse(lastReportAt);
  const isOffline = state === "outage" || state === "no-data";
  return {
    id: `${title}:${name}`,
    machine_id: name,
    ts: lastSeenAt / 1_000,
    report: {},
    status: isOffline ? ("OFFLINE" as const) : ("ONLINE" as const),
    offline: isOffline,
    offline_duration: isOffline && lastReportAt !== null ? Math.max(0, (now - lastSeenAt) / 1_000) : 0,
  };
}
