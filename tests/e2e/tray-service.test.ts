import { rm } from "node:fs/promises";
import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AgentHomeFolder, type AgentProcess, makeAgentHomeFolder } from "../harness/agent-process.ts";
import { PATIENCE_MS, type RunningApp } from "../harness/electron/start-app.ts";
import { obstacleToTray } from "../harness/installation.ts";
import { makeUserMachine, type UserMachine } from "../harness/user-machine.ts";
import { shownState } from "../harness/tray-icons.ts";
import { startTrayEnvironment, type TrayEnvironment } from "../harness/tray-environment.ts";

const isRoot = process.platform === "linux" && process.getuid?.() === 0;
const obstacle = isRoot ? obstacleToTray() : "only root can start a service";
const name = `a tray beside the service of its computer${obstacle === null ? "" : ` (skipped: ${obstacle})`}`;
const NOBODY = { user: "nobody", uid: 65_534 };

// The tests run in order with two accounts: the service runs as root, the tray as a user.
describe.skipIf(obstacle !== null)(name, { timeout: 120_000 }, () => {
  let environment: TrayEnvironment;
  let machine: UserMachine;
  let home: AgentHomeFolder;
  let service: AgentProcess;
  let tray: RunningApp;
  let own: string;
  let served: string;

  beforeAll(async () => {
    [environment, machine, home] = await Promise.all([
      startTrayEnvironment(),
      makeUserMachine(NOBODY),
      makeAgentHomeFolder(),
    ]);
    tray = await environment.startTray(machine, { env: await enrolAtStart() });
  }, 180_000);
  afterAll(async () => {
    await service?.kill();
    await environment?.remove();
    await machine?.remove();
    await home?.remove();
  });

  async function enrolAtStart() {
    return { MUSTER_AGENT_SERVER: environment.url, MUSTER_ENROL_TOKEN: await environment.makeToken() };
  }
  async function startService(): Promise<AgentProcess> {
    const env = { ...machine.environment, ...(await enrolAtStart()), MUSTER_AGENT_INTERVAL: "1" };
    return home.start(["run"], { env });
  }
  async function readDevice(id: string): Promise<DeviceSummary> {
    const found = (await environment.devices()).find((device) => device.id === id);
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

  it("runs the embedded engine while there is no service", async () => {
    await expect.poll(async () => (await environment.devices()).length, { timeout: PATIENCE_MS }).toBe(1);
    own = (await environment.devices())[0]?.id ?? "";
    await untilReports(own, 2);
    expect(labels()).toContain("Quit Muster");
  });

  it("stops its engine when a service appears, and shows the state of the service", async () => {
    service = await startService();
    await tray.until(() => labels().includes("Close tray icon"));
    await expect.poll(async () => (await environment.devices()).length, { timeout: PATIENCE_MS }).toBe(2);
    served = (await environment.devices()).find(({ id }) => id !== own)?.id ?? "";
    await tray.until(() => /of 100/.test(tray.tray().tooltip));
    const before = await lastReport(own);
    expect((await readDevice(own)).presence.lastWord).toBe("agent-stopped");
    await untilReports(served, 3);
    expect(await lastReport(own)).toBe(before);
  });

  it("pauses the service, reads its log, and shows its messages, for the user at the console", async () => {
    await tray.until(() => labels().includes("Pause"));
    await tray.ask("click-menu", ["Pause", "Until I resume"]);
    await expect
      .poll(async () => (await readDevice(served)).presence.paused, { timeout: PATIENCE_MS })
      .toEqual({ until: null });
    await tray.until(() => labels().includes("Resume"));
    await tray.ask("click-menu", ["Resume"]);
    await tray.ask("click-menu", ["View log"]);
    const log = await tray.window("log.html");
    await log.getByText(/Muster agent .* starts \(pid \d+\)/).waitFor();
    const id = await environment.queue(served, "message", { title: "Hello", text: "From the service" });
    await tray.until(() => tray.notifications().some(({ body }) => body === "From the service"));
    const { result } = await environment.untilAction(id, ({ state }) => state === "done");
    expect(result).toMatchObject({ shown: [{ user: NOBODY.user }], notShown: [] });
  });

  it("shows that the service does not respond, and takes over when it is uninstalled", async () => {
    await service.kill();
    await tray.until(() => shownState(tray) === "unknown");
    const before = await lastReport(own);
    const last = await lastReport(served);
    expect(labels()).toContain("Close tray icon");
    await rm(`${machine.folder}/run`, { recursive: true, force: true });
    await tray.until(() => labels().includes("Quit Muster"));
    await untilReports(own, 2);
    expect(before).toBeLessThan(last);
    expect(await lastReport(served)).toBe(last);
  });
});
