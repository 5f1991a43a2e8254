import { QueuedActions } from "@muster/shared/contracts/action.ts";
import { fullReport } from "../../server/src/fleet/ingest/report.fixture.ts";
import type { DashboardWorld } from "./dashboard-world.ts";

const SHOWN = {
  shown: [{ user: "ann", by: "tray" }],
  notShown: [{ user: "bob", reason: "locked" }],
  pressed: null,
};

/** Devices that are well, strained, ill, silent and not approved; of the ill one, actions that are done, failed and waiting. */
export async function addVariedFleet(
  world: DashboardWorld,
): Promise<{ deviceId: string; unapprovedId: string }> {
  const [ill, well, strained, unapproved] = await Promise.all([
    world.addDevice({ hostname: "workstation-north-1", tags: ["office"] }),
    world.addDevice({ hostname: "well" }),
    world.addDevice({ hostname: "strained" }),
    world.addDevice({ hostname: "unapproved", needsApproval: true }),
    world.addDevice({ hostname: "silent" }),
  ]);
  const at = Date.now();
  await well.report({ samples: [{ at, cpu: 4, memory: 31, disk: 40 }] });
  await strained.report({ samples: [{ at, cpu: 88, memory: 80, disk: 85 }] });
  const facts = { user: "ann", rebootRequired: true };
  const { inventory } = fullReport;
  await ill.report({ samples: [{ at, cpu: 97, memory: 96, disk: 98 }], facts, inventory });

  for (const title of ["Lunch?", "Dinner?"])
    await ask(world, ill.id, "message", { title, text: "Are you in?", buttons: ["Yes"] });
  const { nonce, orders } = await ill.claim();
  const [done = "", failed = ""] = orders.map(({ actionId }) => actionId);
  await ill.start(done, nonce);
  await ill.finish(done, { outcome: "done", result: SHOWN });
  await ill.start(failed, nonce);
  await ill.finish(failed, { outcome: "error", code: "failed", message: "no display" });
  await ask(world, ill.id, "restart", {});
  return { deviceId: ill.id, unapprovedId: unapproved.id };
}

async function ask(world: DashboardWorld, deviceId: string, type: string, payload: object): Promise<void> {
  const answer = await fetch(`${world.url}/api/v1/actions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${world.key}` },
    body: JSON.stringify({ type, payload, deviceIds: [deviceId] }),
  });
  QueuedActions.parse(await answer.json());
}
