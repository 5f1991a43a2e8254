import type { DeviceStateTable, DevicesTable } from "../../server/src/fleet/fleet.tables.ts";
import { insertDevice, type NewDevice } from "../../server/src/fleet/devices/device.repository.ts";
import { replaceTags } from "../../server/src/fleet/devices/device-writes.repository.ts";
import { ranksOf } from "@muster/shared/health/attention-rank.ts";
import type { AttentionLevel } from "@muster/shared/health/attention.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import type { Dialect, Store } from "../../server/src/platform/database/store.ts";
import type { Transaction } from "kysely";
import { createCustomerDirectory } from "../../server/src/fleet/index.ts";
import { systemActor } from "../../server/src/identity/index.ts";
import type { Tables } from "../../server/src/platform/database/tables.ts";

export type MadeDevice = { id: string; deviceNo: number };
export type DeviceGiven = Partial<NewDevice> & { state?: Partial<DeviceStateTable> };

const makeId = createUuidV7Factory(() => Date.now());

/** Puts devices into the database as enrolment and reports would have left them, for tests and benches of lists. */
export async function insertDevices(
  store: Store,
  orgId: string,
  given: readonly DeviceGiven[],
): Promise<MadeDevice[]> {
  const made: MadeDevice[] = [];
  for (let start = 0; start < given.length; start += 500) {
    await store.transaction(async (tx) => {
      for (const { state, ...change } of given.slice(start, start + 500)) {
        const customer = await customerOf(tx, store.dialect, orgId, change.customer);
        const device = { ...plainDevice(orgId), ...change, ...customer };
        const deviceNo = await insertDevice(tx, device, 30);
        const tags: string[] = JSON.parse(device.tags);
        await replaceTags(tx, orgId, deviceNo, tags);
        if (state)
          await tx.updateTable("device_state").set(state).where("device_no", "=", deviceNo).execute();
        made.push({ id: device.id, deviceNo });
      }
    });
  }
  return made;
}

/** The customer of a name, created where it is named for the first time. */
async function customerOf(tx: Transaction<Tables>, dialect: Dialect, orgId: string, name?: string | null) {
  if (name === undefined || name === null) return { customer_id: null, customer: null };
  const clock = { now: () => 1, monotonic: () => 1 };
  const directory = createCustomerDirectory({ dialect, clock, makeId })({ record: async () => undefined });
  const { id } = await directory.ensure(tx, orgId, name, { actor: systemActor, requestId: null });
  return { customer_id: id, customer: name };
}

/** The rank of a device of a level with the least severity. */
export function rankOf(level: AttentionLevel): number {
  return ranksOf(level).to - 1;
}

function plainDevice(orgId: string): NewDevice {
  const id = makeId();
  const always = {
    reboot_required: 0,
    public_network: null,
    has_clone: 0,
    is_paused: 0,
    is_absent: 0,
  } satisfies Partial<DevicesTable>;
  return {
    ...always,
    id,
    org_id: orgId,
    machine_id: id.replaceAll("-", ""),
    hypervisor_uuid: null,
    hostname: "web-1",
    os_family: "linux",
    os_name: "Debian GNU/Linux 12 (bookworm)",
    class_guess: "server",
    serial: null,
    model: null,
    macs: "",
    address: null,
    addresses: "",
    agent_version: "0.1.0",
    booted_at: null,
    inventory_hash: null,
    user_name: null,
    facts: '{"diskMount":"/","hungFileSystems":[],"skipped":[]}',
    label: null,
    customer_id: null,
    customer: null,
    notes: "",
    class_chosen: null,
    tags: "[]",
    maintenance_until: null,
    window_until: null,
    enrolled_at: 0,
    approved_at: 0,
    archived_at: null,
    clone_suspected_at: null,
    connection: "online",
    connection_since: 0,
    last_word: null,
    paused_until: null,
    shown: "online",
    attention_rank: rankOf("none"),
  };
}
