import type { DeviceStateTable, DevicesTable } from "../../server/src/fleet/fleet.tables.ts";
import {
  insertDevice,
  type NewDevice,
  replaceTags,
} from "../../server/src/fleet/devices/device.repository.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import type { Store } from "../../server/src/platform/database/store.ts";

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
        const device = { ...plainDevice(orgId), ...change };
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

function plainDevice(orgId: string): NewDevice {
  const id = makeId();
  const always = {
    reboot_required: 0,
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
    address: null,
    addresses: "",
    agent_version: "0.1.0",
    booted_at: null,
    inventory_hash: null,
    user_name: null,
    facts: '{"diskMount":"/","hungFileSystems":[],"skipped":[]}',
    label: null,
    customer: null,
    notes: "",
    class_chosen: null,
    tags: "[]",
    maintenance_until: null,
    enrolled_at: 0,
    approved_at: 0,
    archived_at: null,
    clone_suspected_at: null,
    connection: "online",
    connection_since: 0,
    last_word: null,
    paused_until: null,
    shown: "online",
    attention_rank: 29,
  };
}
