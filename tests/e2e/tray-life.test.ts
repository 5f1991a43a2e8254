import { spawn } from "node:child_process";
import { once } from "node:events";
import Database from "better-sqlite3";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PATIENCE_MS, type RunningApp } from "../harness/electron/start-app.ts";
import { obstacleToTray } from "../harness/installation.ts";
import { makeUserMachine, type UserMachine } from "../harness/user-machine.ts";
import { TEST_AUTHORITY } from "../harness/test-certificates.ts";
import { shownState } from "../harness/tray-icons.ts";
import { startTlsFront, startTrayEnvironment, type TrayEnvironment } from "../harness/tray-environment.ts";

const isRoot = process.platform === "linux" && process.getuid?.() === 0;
const obstacle = isRoot ? obstacleToTray() : "only root on Linux can give it a separate disk and boot id";
const name = `the life of a tray${obstacle === null ? "" : ` (skipped: ${obstacle})`}`;

// The steps run in order; each depends on the previous one.
describe.skipIf(obstacle !== null)(name, { timeout: 120_000 }, () => {
  let environment: TrayEnvironment;
  let machine: UserMachine;
  let front: Awaited<ReturnType<typeof startTlsFront>>;
  let tray: RunningApp;
  let deviceId: string;

  beforeAll(async () => {
    [environment, machine] = await Promise.all([startTrayEnvironment(), makeUserMachine({ hasDisk: true })]);
    front = await startTlsFront(environment.url);
    tray = await environment.startTray(machine);
  }, 180_000);
  afterAll(async () => {
    await environment?.remove();
    front?.close();
    await machine?.remove();
  });

  /** A step that reports the state of the tray when it fails. */
  function step(what: string, act: () => Promise<void>): void {
    it(what, async ({ onTestFailed }) => {
      onTestFailed(() => {
        const { tooltip, menu } = tray.tray();
        const labels = menu.map(({ label }) => label);
        const shown = JSON.stringify({ tooltip, labels, windows: tray.openWindows() });
        process.stderr.write(`${shown}\n${tray.stdout()}\n${tray.stderr()}\n`);
      });
      await act();
    });
  }

  const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
  const button = (page: Page, label: string) => page.getByRole("button", { name: label, exact: true });
  const icon = () => shownState(tray);
  const untilIcon = (state: string) => tray.until(() => icon() === state);
  const entry = (label: RegExp) => tray.tray().menu.find((item) => label.test(item.label));
  const open = async (label: string, window: string): Promise<Page> => {
    await tray.ask("click-menu", [label]);
    return tray.window(`${window}.html`);
  };
  async function untilDevice(
    condition: (device: Awaited<ReturnType<TrayEnvironment["devices"]>>[number]) => boolean,
  ) {
    const look = async () => (await environment.devices()).some(condition) || (await environment.devices());
    await expect.poll(look, { timeout: PATIENCE_MS }).toBe(true);
  }

  step("starts with the set-up window, which opens automatically", async () => {
    const page = await tray.window("setup.html");
    await field(page, "Server address").waitFor();
    expect(icon()).toBe("unknown");
    expect(tray.tray().tooltip).toContain("not set up yet");
  });

  step("explains each invalid entry", async () => {
    const page = await tray.window("setup.html");
    const tryOut = async (server: string, token: string, problem: string) => {
      await field(page, "Server address").fill(server);
      await field(page, "Token").fill(token);
      await button(page, "Test").click();
      await page.getByText(problem).waitFor();
    };
    const token = await environment.makeToken();
    await tryOut("https://localhost:1", token, "No server responds at this address.");
    await tryOut(
      front.url,
      token,
      "The certificate was issued by an authority that this computer does not trust.",
    );
    await page.getByText("Advanced", { exact: true }).click();
    await field(page, "Certificate authority").fill(TEST_AUTHORITY);
    const expired = await environment.makeToken({ name: "expired" });
    const database = new Database(environment.shell.databaseUrl.replace("sqlite:", ""));
    database.prepare("update enrolment_tokens set expires_at = 1 where name = 'expired'").run();
    database.close();
    await tryOut(front.url, expired, "This token has expired.");
    expect(await environment.devices()).toEqual([]);
  });

  step("joins with valid entries, and shows the state of the computer", async () => {
    const page = await tray.window("setup.html");
    await field(page, "Token").fill(await environment.makeToken());
    await button(page, "Save and join").click();
    await page.getByText("This computer has joined Harbour.").waitFor();
    await untilDevice(({ presence }) => presence.shown === "online");
    deviceId = (await environment.devices())[0]?.id ?? "";
    await tray.until(() => icon() !== "unknown");
    expect(tray.tray().tooltip).toMatch(/: \d+ of 100\nCPU .+, memory .+, disk .+/);
  });

  step("shows the load of the computer", async () => {
    const busy = Array.from({ length: 2 }, () => spawn(process.execPath, ["-e", "for (;;);"]));
    await tray.until(() => Number(/CPU (\d+)/.exec(tray.tray().tooltip)?.[1]) >= 70);
    for (const one of busy) one.kill("SIGKILL");
    await Promise.all(busy.map((one) => once(one, "exit")));
    const before = icon();
    await machine.fillDisk();
    await untilIcon("critical");
    await untilDevice(({ attention }) => attention.level === "critical");
    await machine.freeDisk();
    await tray.until(() => icon() === before);
  });

  step("updates nothing while nothing changes", async () => {
    for (let report = 0; report < 3; report += 1) {
      const before = (await environment.devices())[0]?.lastReportAt;
      await untilDevice(({ lastReportAt }) => lastReportAt !== before);
    }
    const last = new Map<string, string>();
    for (const touch of tray.records.filter(({ kind }) => kind.startsWith("tray-"))) {
      const text = JSON.stringify(touch);
      expect(text).not.toBe(last.get(touch.kind));
      last.set(touch.kind, text);
    }
    expect(last.size).toBe(3);
  });

  step("pauses within the organization's limit, over a restart, and resumes automatically", async () => {
    await environment.changeOrganization({ longestPauseS: 60 });
    await tray.until(() => entry(/^Pause$/)?.submenu?.length === 1);
    await tray.ask("click-menu", ["Pause", entry(/^Pause$/)?.submenu?.[0]?.label ?? ""]);
    await untilIcon("paused");
    await untilDevice(({ presence }) => typeof presence.paused?.until === "string");
    expect(await tray.quit()).toBe(0);
    tray = await environment.startTray(machine);
    await untilIcon("paused");
    expect(tray.openWindows()).toEqual([]);
    await tray.until(() => entry(/^Resume$/) !== undefined);
    await tray.ask("click-menu", ["Resume"]);
    await untilDevice(({ presence }) => presence.paused === null);
    await environment.changeOrganization({ longestPauseS: 3 });
    await tray.until(() => entry(/^Pause$/)?.submenu?.[0]?.label.includes("3") === true);
    await tray.ask("click-menu", ["Pause", entry(/^Pause$/)?.submenu?.[0]?.label ?? ""]);
    await untilIcon("paused");
    await tray.until(() => icon() !== "paused");
    await untilDevice(({ presence }) => presence.paused === null && presence.shown === "online");
  });

  step(
    "holds a message back while the screen is locked, shows it, and reports the pressed button",
    async () => {
      await tray.ask("power", "lock-screen");
      const payload = {
        title: "Backup",
        text: "May we back up now?",
        urgency: "urgent",
        buttons: ["Yes", "No"],
      };
      const id = await environment.queue(deviceId, "message", payload);
      await tray.until(() => entry(/^Messages/)?.label === "Messages (1 new)");
      expect(tray.notifications()).toEqual([]);
      await tray.ask("power", "unlock-screen");
      await tray.until(() => tray.notifications().length === 1);
      expect(tray.notifications()[0]).toMatchObject({ body: "May we back up now?", urgency: "critical" });
      const page = await tray.window("messages.html");
      await page.getByRole("heading", { name: "Backup" }).waitFor();
      await environment.untilAction(id, ({ steps }) => steps.some(({ step: made }) => made === "read"));
      await button(page, "Yes").click();
      await page.getByText("You answered: Yes").waitFor();
      const ended = await environment.untilAction(id, ({ state }) => state === "done");
      expect(ended.result).toMatchObject({ pressed: "Yes", shown: [{ user: machine.user }] });
      expect(ended.steps.map(({ step: made }) => made)).toEqual(expect.arrayContaining(["shown", "read"]));
      await tray.until(() => entry(/^Messages/)?.label === "Messages");
    },
  );

  step("postpones a reboot, keeps it over a restart, and completes it only after a new boot", async () => {
    const payload = { delayMinutes: 4, message: "New kernel", postponements: 2, postponableHours: 12 };
    const id = await environment.queue(deviceId, "reboot", payload);
    // Within its last five minutes, so that the window opens automatically.
    const page = await tray.window("reboot.html");
    await page.getByText("New kernel").waitFor();
    await tray.until(() => tray.notifications().some(({ title }) => title === "Reboot in a few minutes"));
    await button(page, "In 1 hour").click();
    await page.getByText(/The reboot is now planned for/).waitFor();
    const put = await environment.untilAction(id, ({ steps }) =>
      steps.some(({ step: made }) => made === "postponed"),
    );
    const until = put.steps.findLast(({ step: made }) => made === "postponed")?.until ?? "";
    expect(Math.abs(Date.parse(until) - Date.now() - 3_600_000)).toBeLessThan(120_000);
    expect(machine.restarts()).toEqual([]);

    expect(await tray.quit()).toBe(0);
    tray = await environment.startTray(machine);
    await tray.until(() => entry(/^Reboot planned for/) !== undefined);
    const again = await open(entry(/^Reboot planned for/)?.label ?? "", "reboot");
    await button(again, "Now").click();
    await button(again, "Reboot now").click();
    await expect
      .poll(() => machine.restarts(), { timeout: PATIENCE_MS })
      .toEqual([expect.stringContaining("-r")]);
    expect(await environment.untilAction(id, ({ state }) => state === "executing")).toMatchObject({
      result: null,
    });

    await tray.kill();
    await machine.boot();
    tray = await environment.startTray(machine);
    const ended = await environment.untilAction(id, ({ state }) => state === "done");
    const { bootIdBefore, bootIdAfter } = ended.result ?? {};
    expect(bootIdAfter).not.toBe(bootIdBefore);
  });

  step("shows that the server is unreachable, and sends everything when it is back", async () => {
    const startedAt = new Date().toISOString();
    await untilDevice(({ lastReportAt }) => (lastReportAt ?? "") > startedAt);
    await tray.until(() => /of 100/.test(tray.tray().tooltip));
    await environment.stopServer();
    await untilIcon("offline");
    expect(tray.tray().tooltip).toContain("The server has not been reached since");
    await environment.startServer();
    // It would retry automatically after a while.
    await tray.ask("click-menu", ["Check now"]);
    await tray.until(() => icon() !== "offline");
    const foundAt = new Date().toISOString();
    await untilDevice(
      ({ presence, lastReportAt }) => presence.shown === "online" && (lastReportAt ?? "") > foundAt,
    );
  });

  step("shows what IT sees and did, in agreement with the server, and saves a copy", async () => {
    const page = await open("What IT sees and did", "record");
    await page.getByText("Processor usage").waitFor();
    await page.getByRole("tab", { name: "What IT did" }).click();
    await expect
      .poll(() => page.locator("body").innerText(), { timeout: PATIENCE_MS })
      .toMatch(/all entries agree/);
    const place = `${machine.folder}/home/record.json`;
    tray.choose(() => ({ path: place }));
    await button(page, "Save as JSON").click();
    await page.getByText("Saved.").waitFor();
  });

  step("leaves the server, which removes the device", async () => {
    const page = await open("Setup and settings", "setup");
    await button(page, "Leave this server").click();
    await button(page, "Leave").click();
    await field(page, "Server address").waitFor();
    await untilIcon("unknown");
    expect(await tray.quit()).toBe(0);
  });
});
