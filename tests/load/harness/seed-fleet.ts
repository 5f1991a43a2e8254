import { UNEDITED } from "../../../server/src/platform/edit-version.ts";
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import path from "node:path";
import { ranksOf } from "@muster/shared/health/attention-rank.ts";
import { pino } from "pino";
import { migrations } from "../../../server/migrations/index.ts";
import { insertDevice, type NewDevice } from "../../../server/src/fleet/devices/device.repository.ts";
import { NO_FACTS } from "../../../server/src/fleet/ingest/device-facts.ts";
import { listingOf } from "../../../server/src/fleet/devices/listing.ts";
import { createUuidV7Factory } from "../../../server/src/platform/crypto/ids.ts";
import { openStore } from "../../../server/src/platform/database/open-store.ts";
import type { Store } from "../../../server/src/platform/database/store.ts";
import { INVENTORY_HASH } from "./seed-inventory.ts";
import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import { createCustomerDirectory } from "../../../server/src/fleet/index.ts";
import { systemActor } from "../../../server/src/identity/index.ts";

const commandLine = path.join(import.meta.dirname, "../../../server/src/cli/main.ts");
const ROWS_AT_ONCE = 500;
const READ_KEYS = 12;
const CUSTOMERS = 40;
const makeId = createUuidV7Factory(() => Date.now());

export type SeededDevice = { id: string; deviceNo: number; credential: string };
/** `readKeys` suffice for a few hundred open pages. */
export type SeededFleet = { orgId: string; apiKey: string; readKeys: string[]; devices: SeededDevice[] };

/** Creates an organization by the command line, and writes the rows of its devices. The server must not run yet. */
export async function seedFleet(environment: Record<string, string>, count: number): Promise<SeededFleet> {
  const output = execFileSync(process.execPath, [commandLine, "org", "create", "Bench", "--json"], {
    env: { ...process.env, NODE_ENV: "production", ...environment },
    encoding: "utf8",
  });
  const { orgId, apiKey } = JSON.parse(output) as { orgId: string; apiKey: string };
  const store = await openBenchStore(environment);
  try {
    const readKeys = await copyKey(store, orgId);
    const devices = await insertDevices(store, orgId, count);
    // PostgreSQL does this automatically after a while.
    if (store.engine.kind === "postgres") await store.engine.pool.query("analyze");
    return { orgId, apiKey, readKeys, devices };
  } finally {
    await store.close();
  }
}

export type FleetOwner = { email: string; password: string };

/** Creates the owner of an organization by the command line. The server must not run yet. */
export function seedOwner(environment: Record<string, string>, orgId: string): FleetOwner {
  const owner = { email: "owner@example.org", password: "a passphrase for benches" };
  const args = [
    "user",
    "create",
    "--org",
    orgId,
    "--email",
    owner.email,
    "--name",
    "Owner",
    "--role",
    "owner",
  ];
  execFileSync(process.execPath, [commandLine, ...args, "--password-stdin"], {
    env: { ...process.env, NODE_ENV: "production", ...environment },
    input: owner.password,
  });
  return owner;
}

/** The database that a server with this environment uses. */
export function openBenchStore(environment: Record<string, string>): Promise<Store> {
  const url = environment["MUSTER_DATABASE_URL"] ?? `sqlite:${environment["MUSTER_DATA_DIR"]}/muster.db`;
  return openStore({ url, log: pino({ level: "silent" }), migrations });
}

/** Keys like those of the command line, each with its own secret. */
async function copyKey(store: Store, orgId: string): Promise<string[]> {
  const secrets = Array.from({ length: READ_KEYS }, () => `mk_${randomBytes(32).toString("base64url")}`);
  await store.transaction(async (tx) => {
    const key = await tx
      .selectFrom("api_keys")
      .selectAll()
      .where("org_id", "=", orgId)
      .executeTakeFirstOrThrow();
    const rows = secrets.map((secret) => ({ ...key, id: makeId(), secret_hash: hashOf(secret) }));
    await tx.insertInto("api_keys").values(rows).execute();
  });
  return secrets;
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

async function insertDevices(store: Store, orgId: string, count: number): Promise<SeededDevice[]> {
  const customers = await insertCustomers(store, orgId);
  const newDevice = (index: number) => newDeviceOf(orgId, index, customers);
  const first = await store.transaction((tx) => insertDevice(tx, newDevice(0), 30));
  const state = await store.read
    .selectFrom("device_state")
    .selectAll()
    .where("device_no", "=", first)
    .executeTakeFirstOrThrow();
  const made: SeededDevice[] = [];
  for (let start = 0; start < count; start += ROWS_AT_ONCE) {
    const size = Math.min(ROWS_AT_ONCE, count - start);
    const devices = Array.from({ length: size }, (_, index) => newDevice(start + index + 1));
    const rows = await store.transaction(async (tx) => {
      const inserted = await tx
        .insertInto("devices")
        .values(
          devices.map((device) => ({
            ...device,
            origin: "muster" as const,
            excluded_mounts: "[]",
            ...UNEDITED,
            ...listingOf(device),
          })),
        )
        .returning(["id", "device_no"])
        .execute();
      await tx
        .insertInto("device_state")
        .values(inserted.map(({ device_no }) => ({ ...state, device_no })))
        .execute();
      const credentials = inserted.map(({ id }) => newCredential(orgId, id));
      await tx
        .insertInto("device_credentials")
        .values(credentials.map(({ row }) => row))
        .execute();
      return inserted.map(({ id, device_no }, index) => ({
        id,
        deviceNo: device_no,
        credential: credentials[index]?.secret ?? "",
      }));
    });
    made.push(...rows);
  }
  return made;
}

function newCredential(orgId: string, deviceId: string) {
  const secret = `md_${randomBytes(32).toString("base64url")}`;
  const row = {
    id: makeId(),
    org_id: orgId,
    device_id: deviceId,
    secret_hash: hashOf(secret),
    public_key: randomBytes(32).toString("base64url"),
    created_at: Date.now(),
    revoked_at: null,
  };
  return { secret, row };
}

async function insertCustomers(store: Store, orgId: string): Promise<CustomerRef[]> {
  const clock = { now: Date.now, monotonic: Date.now };
  const create = createCustomerDirectory({ dialect: store.dialect, clock, makeId });
  const directory = create({ record: async () => undefined });
  const customers: CustomerRef[] = [];
  await store.transaction(async (tx) => {
    for (let index = 0; index < CUSTOMERS; index += 1) {
      const by = { actor: systemActor, requestId: null };
      customers.push(await directory.ensure(tx, orgId, `Customer ${index}`, by));
    }
  });
  return customers;
}

function newDeviceOf(orgId: string, index: number, customers: readonly CustomerRef[]): NewDevice {
  const customer = customers[index % CUSTOMERS];
  const number = String(index).padStart(5, "0");
  return {
    id: makeId(),
    org_id: orgId,
    machine_id: createHash("sha256").update(`machine ${index}`).digest("hex"),
    hypervisor_uuid: null,
    has_clone: 0,
    hostname: `host-${number}`,
    os_family: index % 3 === 0 ? "windows" : "linux",
    os_name: "Debian GNU/Linux 12 (bookworm)",
    class_guess: index % 4 === 0 ? "laptop" : "server",
    serial: `SN${number}`,
    model: null,
    macs: "",
    address: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
    addresses: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
    agent_version: "0.1.0",
    booted_at: Date.now() - 86_400_000,
    inventory_hash: INVENTORY_HASH,
    user_name: index % 2 === 0 ? `person-${index % 700}` : null,
    reboot_required: 0,
    public_network: null,
    facts: JSON.stringify(NO_FACTS),
    label: null,
    customer_id: customer?.id ?? null,
    customer: customer?.name ?? null,
    notes: "",
    class_chosen: null,
    tags: "[]",
    maintenance_until: null,
    window_until: null,
    enrolled_at: Date.now(),
    approved_at: Date.now(),
    archived_at: null,
    clone_suspected_at: null,
    connection: "online",
    connection_since: Date.now(),
    last_word: null,
    is_paused: 0,
    paused_until: null,
    shown: "online",
    is_absent: 0,
    attention_rank: ranksOf(index % 17 < 10 ? "critical" : "warn").from + (index % 17),
  };
}
