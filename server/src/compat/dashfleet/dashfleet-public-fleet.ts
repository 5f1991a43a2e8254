import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { LegacyDevices } from "../../fleet/index.ts";
import type { Organizations } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import { MusterError } from "../../platform/errors.ts";
import { toPublicEntry } from "./dashfleet-entry.ts";
import { listAsJson, type MachinePages } from "./dashfleet-list.ts";

/** The refresh interval of DashFleet's pages. */
const MAX_AGE_MS = 5_000;
/** About 60,000 machines. */
const MAX_BYTES = 32 * 1_048_576;
const GZIP_LEVEL = 1;

const gzipAsync = promisify(gzip);

/** The bytes of the answer. Requests share them, so that many clients that do not read hold one copy. */
export type PublicFleet = { plain: Uint8Array<ArrayBuffer>; gzipped: Uint8Array<ArrayBuffer> };

type PublicFleetDeps = {
  devices: Pick<LegacyDevices, "pages">;
  organizations: Pick<Organizations, "list">;
  clock: Clock;
};

/**
 * Creates the reader of the machines of all organizations with a public status page. The answer is made once for all requests of
 * `MAX_AGE_MS`; switching a status page on or off takes effect immediately. Throws `unavailable` when the list is too long.
 */
export function createPublicFleet(deps: PublicFleetDeps): () => Promise<PublicFleet> {
  const { organizations, clock } = deps;
  let cached: { orgKey: string; at: number; fleet: Promise<PublicFleet> } | null = null;

  return async () => {
    const orgIds = (await organizations.list()).flatMap(({ id, hasStatusPage }) =>
      hasStatusPage ? [id] : [],
    );
    const orgKey = orgIds.join();
    const at = clock.monotonic();
    if (cached?.orgKey === orgKey && at - cached.at < MAX_AGE_MS) return cached.fleet;
    const fleet = build(deps, orgIds);
    cached = { orgKey, at, fleet };
    fleet.catch(() => {
      if (cached?.fleet === fleet) cached = null;
    });
    return fleet;
  };
}

async function build({ devices, clock }: PublicFleetDeps, orgIds: readonly string[]): Promise<PublicFleet> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const json = listAsJson(pagesOf(devices, orgIds), clock.now(), (entry, { summary }) =>
    summary.archivedAt === null ? toPublicEntry(entry) : null,
  );
  for await (const piece of json) {
    const encoded = Buffer.from(piece);
    bytes += encoded.length;
    if (bytes > MAX_BYTES) throw new MusterError("unavailable", "The public list has too many machines.");
    pieces.push(encoded);
  }
  const plain = Buffer.concat(pieces);
  return { plain, gzipped: await gzipAsync(plain, { level: GZIP_LEVEL }) };
}

async function* pagesOf(devices: Pick<LegacyDevices, "pages">, orgIds: readonly string[]): MachinePages {
  for (const orgId of orgIds) {
    for await (const page of devices.pages(orgId, "dashfleet")) yield { orgId, devices: page };
  }
}
