import { MAX_STATUS_COMPONENTS } from "@muster/shared/contracts/status-page.ts";
import { openBenchStore } from "./seed-fleet.ts";

/** Makes all devices of an organization machines with DashFleet's agent, and switches its status page on. */
export async function seedLegacyReports(
  environment: Record<string, string>,
  orgId: string,
  bodyBytes: number,
): Promise<void> {
  const store = await openBenchStore(environment);
  const report = {
    cpu_percent: 8.6,
    ram_percent: 3.5,
    disk_percent: 30,
    uptime_seconds: 1224.9,
    system: { os: "Linux", hardware_id: "0x2fc00000001" },
  };
  const filled = { ...report, system: { ...report.system, notes: "x".repeat(bodyBytes) } };
  const body = JSON.stringify(filled);
  try {
    const devices = await store.read.selectFrom("devices").select("device_no").execute();
    await store.transaction(async (tx) => {
      await tx.updateTable("devices").set({ origin: "dashfleet" }).where("org_id", "=", orgId).execute();
      await tx.insertInto("status_pages").values(pageOf(orgId)).execute();
      for (const { device_no } of devices) {
        await tx.insertInto("legacy_reports").values({ org_id: orgId, device_no, body }).execute();
      }
    });
  } finally {
    await store.close();
  }
}

/** A page with as many components as one may have, each of them with all devices. */
function pageOf(orgId: string) {
  const components = Array.from({ length: MAX_STATUS_COMPONENTS }, (_, index) => ({
    id: `component-${index}`,
    name: `Component ${index}`,
    scope: { kind: "organization" },
  }));
  return {
    org_id: orgId,
    address: "bench",
    is_enabled: 1 as const,
    title: "Bench",
    intro: "",
    components: JSON.stringify(components),
    edit_version: 1,
    edited_at: null,
    edited_by: null,
  };
}
