import { ranksOf } from "@muster/shared/health/attention-rank.ts";
import type { Kysely } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attentionSeverity } from "../../server/migrations/0050-attention-severity.ts";
import { type DeviceGiven, insertDevices } from "../harness/fleet-rows.ts";
import { type FleetWorld, makeFleetTenant, startFleet } from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const factsWith = (faults: { kind: string; subject: string }[], hungFileSystems: string[] = []) =>
  JSON.stringify({ diskMount: "/data", hungFileSystems, skipped: [], faults });
const EXCLUSION = '[{"mount":"/data","by":"Ann","at":1}]';
const onData = [{ kind: "read-only-mount", subject: "/data" }];

/** In the order that the list has afterwards; all of them had the same rank. */
const DEVICES: Record<string, DeviceGiven> = {
  absent: { is_absent: 1, state: { held_level: 1, score: 70 } },
  "score 10": { state: { held_level: 2, score: 10 } },
  clone: { clone_suspected_at: 5 },
  "read-only": { facts: factsWith(onData) },
  "two hung mounts": { facts: factsWith([{ kind: "hung-mount", subject: "/a" }], ["/b"]) },
  "score 55": { state: { held_level: 2, score: 55 } },
  "full disk, score 73": { state: { held_level: 1, score: 73, disk: 97 } },
  "full disk, score 77": { state: { held_level: 1, score: 77, disk: 97 } },
  "little left": { state: { disk: 90, disk_free: 1e9 } },
  "one hung mount": { facts: factsWith([], ["/b"]) },
  "score 75": { state: { held_level: 1, score: 75 } },
  "not approved": { approved_at: null },
  "excluded disk": {
    facts: factsWith(onData),
    state: { disk: 99 },
  },
  "small disk": { state: { disk: 90, disk_free: 1e8, score: 60 } },
};

describe.each(DIALECTS)("the migration of attention on %s", (dialect) => {
  let world: FleetWorld;
  beforeAll(async () => {
    world = await startFleet(dialect);
  });
  afterAll(() => world.remove());

  test("gives every device the rank of its severity", async () => {
    const tenant = await makeFleetTenant(world);
    const given = Object.entries(DEVICES).map(([label, device]) => ({ label, ...device }));
    const made = await insertDevices(world.store, tenant.orgId, given);
    const excluding = made[Object.keys(DEVICES).indexOf("excluded disk")];
    await world.store.transaction(async (tx) => {
      await tx
        .updateTable("devices")
        .set({ excluded_mounts: EXCLUSION })
        .where("device_no", "=", excluding?.deviceNo ?? 0)
        .execute();
      await attentionSeverity.up(tx as unknown as Kysely<unknown>, dialect);
    });
    const rows = await world.store.read
      .selectFrom("devices")
      .select(["label", "attention_rank"])
      .where("org_id", "=", tenant.orgId)
      .orderBy("attention_rank")
      .orderBy("label")
      .execute();
    expect(rows.map(({ label }) => label)).toEqual(Object.keys(DEVICES));
    const none = rows.filter(({ attention_rank: rank }) => rank === ranksOf("none").to - 1);
    expect(none.map(({ label }) => label)).toEqual(["excluded disk", "small disk"]);
  });
});
