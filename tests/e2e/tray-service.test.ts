import { rm } from "node:fs/promises";
import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AgentHomeFolder, type AgentProcess, makeAgentHomeFolder } from "../harness/agent-process.ts";
import { PATIENCE_MS, type RunningApp } from "../harness/electron/start-app.ts";
import { makePersonMachine, type PersonMachine } from "../harness/person-machine.ts";
import { shownState } from "../harness/tray-icons.ts";
import { startTrayWorld, type TrayWorld } from "../harness/tray-world.ts";

const isRoot = process.platform === "linux" && process.getuid?.() === 0;
const name = isRoot
  ? "a tray beside the service of its computer"
  : "a tray beside the service of its computer, not tried: only root starts a service";
const NOBODY = { user: "nobody", uid: 65_534 };

// One story of two accounts, told in its order: the service is root's, the tray a person's.
describe.skipIf(!isRoot)(name, { timeout: 120_000 }, () => {
  let world: TrayWorld;
  let machine: PersonMachine;
  let home: AgentHomeFolder;
  let service: AgentProcess;
  let tray: RunningApp;
  let own: string;
  let served: string;

  beforeAll(async () => {
    [world, machine, home] = await Promise.all([
      startTrayWorld(),
      makePersonMachine(NOBODY),
      makeAgentHomeFolder(),
    ]);
    tray = await world.startTray(machine, { env: await enrolAtStart() });
  }, 180_000);
  afterAll(async () => {
    await service?.kill();
    await world?.remove();
    await machine?.remove();
    await home?.remove();
  });

  async function enrolAtStart() {
    return { MUSTER_AGENT_SERVER: world.url, MUSTER_ENROL_TOKEN: await world.makeToken() };
  }
  async function startService(): Promise<AgentProcess> {
    const env = { ...machine.environment, ...(await enrolAtStart()), MUSTER_AGENT_INTERVAL: "1" };
    return home.start(["run"], { env });
  }
  async function readDevice(id: string): Promise<DeviceSummary> {
    const found = (await world.devices()).find((device) => device.id === id);
    if (found === undefined) throw new Error(`no device ${id}`);
    return found;
  }
  const lastReport = async (id: string) => Date.parse((await readDevice(id)).lastReportAt ?? "1970-01-01");
  async function untilReports(id: string, times: number): Promise<void> {
    for (let seen = 0; seen < times; seen += 1) {
      const before = await lastReport(id);
      await expect.poll(() => lastReport(id), { timeout: PATIENCE_MS }).toBeGreaterThan(before);
    }
  }
  const labels = () => tray.tray().menu.map(({ label }) => label);

  it("runs the engine itself while there is none", async () => {
    await expect.poll(async () => (await world.devices()).length, { timeout: PATIENCE_MS }).toBe(1);
    own = (await world.devices())[0]?.id ?? "";
    await untilReports(own, 2);
    expect(labels()).toContain("Quit Muster");
  });

  it("falls silent when one appears, and shows what that does", async () => {
    service = await startService();
    await tray.until(() => labels().includes("Close this icon"));
    await expect.poll(async () => (await world.devices()).length, { timeout: PATIENCE_MS }).toBe(2);
    served = (await world.devices()).find(({ id }) => id !== own)?.id ?? "";
    await tray.until(() => /of 100/.test(tray.tray().tooltip));
    const before = await lastReport(own);
    expect((await readDevice(own)).presence.lastWord).toBe("agent-stopped");
    await untilReports(served, 3);
    expect(await lastReport(own)).toBe(before);
  });

  it("pauses it, reads its log, and shows its messages, all of that for the person at the console", async () => {
    await tray.until(() => labels().includes("Pause"));
    await tray.ask("click-menu", ["Pause", "Until I resume"]);
    await expect
      .poll(async () => (await readDevice(served)).presence.paused, { timeout: PATIENCE_MS })
      .toEqual({ until: null });
    await tray.until(() => labels().includes("Resume"));
    await tray.ask("click-menu", ["Resume"]);
    await tray.ask("click-menu", ["View logs"]);
    const log = await tray.window("log.html");
    await log.getByText(/Muster agent .* starts \(pid \d+\)/).waitFor();
    const id = await world.queue(served, "message", { title: "Hello", text: "From the service" });
    await tray.until(() => tray.notifications().some(({ body }) => body === "From the service"));
    const { result } = await world.untilAction(id, ({ state }) => state === "done");
    expect(result).toMatchObject({ shown: [{ user: NOBODY.user }], notShown: [] });
  });

  it("says that it is silent, and takes over when it is gone for good", async () => {
    await service.kill();
    await tray.until(() => shownState(tray) === "unknown");
    const before = await lastReport(own);
    const last = await lastReport(served);
    expect(labels()).toContain("Close this icon");
    await rm(`${machine.folder}/run`, { recursive: true, force: true });
    await tray.until(() => labels().includes("Quit Muster"));
    await untilReports(own, 2);
    expect(before).toBeLessThan(last);
    expect(await lastReport(served)).toBe(last);
  });
});
