import { spawn } from "node:child_process";
import { once } from "node:events";
import Database from "better-sqlite3";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PATIENCE_MS, type RunningApp } from "../harness/electron/start-app.ts";
import { makePersonMachine, type PersonMachine } from "../harness/person-machine.ts";
import { TEST_AUTHORITY } from "../harness/test-certificates.ts";
import { shownState } from "../harness/tray-icons.ts";
import { startTlsFront, startTrayWorld, type TrayWorld } from "../harness/tray-world.ts";

const isRoot = process.platform === "linux" && process.getuid?.() === 0;
const name = isRoot
  ? "the life of a tray"
  : "the life of a tray, not told: only root on Linux gives it a disk and a boot id of its own";

// One story, told in its order: each step stands on the one before.
describe.skipIf(!isRoot)(name, { timeout: 120_000 }, () => {
  let world: TrayWorld;
  let machine: PersonMachine;
  let front: Awaited<ReturnType<typeof startTlsFront>>;
  let tray: RunningApp;
  let deviceId: string;

  beforeAll(async () => {
    [world, machine] = await Promise.all([startTrayWorld(), makePersonMachine({ hasDisk: true })]);
    front = await startTlsFront(world.url);
    tray = await world.startTray(machine);
  }, 180_000);
  afterAll(async () => {
    await world?.remove();
    front?.close();
    await machine?.remove();
  });

  /** A step whose failure says how the tray was. */
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
    condition: (device: Awaited<ReturnType<TrayWorld["devices"]>>[number]) => boolean,
  ) {
    const look = async () => (await world.devices()).some(condition) || (await world.devices());
    await expect.poll(look, { timeout: PATIENCE_MS }).toBe(true);
  }

  step("begins with the set-up, which opens by itself", async () => {
    const page = await tray.window("setup.html");
    await field(page, "Server address").waitFor();
    expect(icon()).toBe("unknown");
    expect(tray.tray().tooltip).toContain("not set up yet");
  });

  step("says of each wrong entry what is wrong with it", async () => {
    const page = await tray.window("setup.html");
    const tryOut = async (server: string, token: string, problem: string) => {
      await field(page, "Server address").fill(server);
      await field(page, "Token").fill(token);
      await button(page, "Test").click();
      await page.getByText(problem).waitFor();
    };
    const token = await world.makeToken();
    await tryOut("https://localhost:1", token, "Nothing answers there.");
    await tryOut(
      front.url,
      token,
      "The certificate comes from an authority that this computer does not trust.",
    );
    await page.getByText("Advanced", { exact: true }).click();
    await field(page, "Certificate authority").fill(TEST_AUTHORITY);
    const expired = await world.makeToken({ name: "expired" });
    const database = new Database(world.shell.databaseUrl.replace("sqlite:", ""));
    database.prepare("update enrolment_tokens set expires_at = 1 where name = 'expired'").run();
    database.close();
    await tryOut(front.url, expired, "This token has expired.");
    expect(await world.devices()).toEqual([]);
  });

  step("joins with the right ones, and shows how the computer is", async () => {
    const page = await tray.window("setup.html");
    await field(page, "Token").fill(await world.makeToken());
    await button(page, "Save and join").click();
    await page.getByText("This computer has joined Harbour.").waitFor();
    await untilDevice(({ presence }) => presence.shown === "online");
    deviceId = (await world.devices())[0]?.id ?? "";
    await tray.until(() => icon() !== "unknown");
    expect(tray.tray().tooltip).toMatch(/: \d+ of 100\nCPU .+, memory .+, disk .+/);
  });

  step("follows the load of the computer", async () => {
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

  step("touches nothing while nothing changes", async () => {
    for (let report = 0; report < 3; report += 1) {
      const before = (await world.devices())[0]?.lastReportAt;
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

  step("is paused within the organization's cap, over a restart, and ends it by itself", async () => {
    await world.changeOrganization({ longestPauseS: 60 });
    await tray.until(() => entry(/^Pause$/)?.submenu?.length === 1);
    await tray.ask("click-menu", ["Pause", entry(/^Pause$/)?.submenu?.[0]?.label ?? ""]);
    await untilIcon("paused");
    await untilDevice(({ presence }) => typeof presence.paused?.until === "string");
    expect(await tray.quit()).toBe(0);
    tray = await world.startTray(machine);
    await untilIcon("paused");
    expect(tray.openWindows()).toEqual([]);
    await tray.until(() => entry(/^Resume$/) !== undefined);
    await tray.ask("click-menu", ["Resume"]);
    await untilDevice(({ presence }) => presence.paused === null);
    await world.changeOrganization({ longestPauseS: 3 });
    await tray.until(() => entry(/^Pause$/)?.submenu?.[0]?.label.includes("3") === true);
    await tray.ask("click-menu", ["Pause", entry(/^Pause$/)?.submenu?.[0]?.label ?? ""]);
    await untilIcon("paused");
    await tray.until(() => icon() !== "paused");
    await untilDevice(({ presence }) => presence.paused === null && presence.shown === "online");
  });

  step("holds a message back from a locked screen, shows it, and brings back what was pressed", async () => {
    await tray.ask("power", "lock-screen");
    const payload = {
      title: "Backup",
      text: "May we back up now?",
      urgency: "urgent",
      buttons: ["Yes", "No"],
    };
    const id = await world.queue(deviceId, "message", payload);
    await tray.until(() => entry(/^Messages/)?.label === "Messages (1 new)");
    expect(tray.notifications()).toEqual([]);
    await tray.ask("power", "unlock-screen");
    await tray.until(() => tray.notifications().length === 1);
    expect(tray.notifications()[0]).toMatchObject({ body: "May we back up now?", urgency: "critical" });
    const page = await tray.window("messages.html");
    await page.getByRole("heading", { name: "Backup" }).waitFor();
    await world.untilAction(id, ({ steps }) => steps.some(({ step: made }) => made === "read"));
    await button(page, "Yes").click();
    await page.getByText("You answered: Yes").waitFor();
    const ended = await world.untilAction(id, ({ state }) => state === "done");
    expect(ended.result).toMatchObject({ pressed: "Yes", shown: [{ user: machine.user }] });
    expect(ended.steps.map(({ step: made }) => made)).toEqual(expect.arrayContaining(["shown", "read"]));
    await tray.until(() => entry(/^Messages/)?.label === "Messages");
  });

  step("puts a reboot off, remembers it, and is done only after a new boot", async () => {
    const payload = { delayMinutes: 4, message: "New kernel", postponements: 2, postponableHours: 12 };
    const id = await world.queue(deviceId, "reboot", payload);
    // Within its last five minutes, so that the window opens by itself.
    const page = await tray.window("reboot.html");
    await page.getByText("New kernel").waitFor();
    await tray.until(() => tray.notifications().some(({ title }) => title === "Reboot in a few minutes"));
    await button(page, "In 1 hour").click();
    await page.getByText(/The reboot is now planned for/).waitFor();
    const put = await world.untilAction(id, ({ steps }) =>
      steps.some(({ step: made }) => made === "postponed"),
    );
    const until = put.steps.findLast(({ step: made }) => made === "postponed")?.until ?? "";
    expect(Math.abs(Date.parse(until) - Date.now() - 3_600_000)).toBeLessThan(120_000);
    expect(machine.restarts()).toEqual([]);

    expect(await tray.quit()).toBe(0);
    tray = await world.startTray(machine);
    await tray.until(() => entry(/^Reboot planned for/) !== undefined);
    const again = await open(entry(/^Reboot planned for/)?.label ?? "", "reboot");
    await button(again, "Now").click();
    await button(again, "Reboot now").click();
    await expect
      .poll(() => machine.restarts(), { timeout: PATIENCE_MS })
      .toEqual([expect.stringContaining("-r")]);
    expect(await world.untilAction(id, ({ state }) => state === "executing")).toMatchObject({ result: null });

    await tray.kill();
    await machine.boot();
    tray = await world.startTray(machine);
    const ended = await world.untilAction(id, ({ state }) => state === "done");
    const { bootIdBefore, bootIdAfter } = ended.result ?? {};
    expect(bootIdAfter).not.toBe(bootIdBefore);
  });

  step("shows that the server is lost, and sends everything once it is found again", async () => {
    const startedAt = new Date().toISOString();
    await untilDevice(({ lastReportAt }) => (lastReportAt ?? "") > startedAt);
    await tray.until(() => /of 100/.test(tray.tray().tooltip));
    await world.stopServer();
    await untilIcon("offline");
    expect(tray.tray().tooltip).toContain("The server has not been reached since");
    await world.startServer();
    // It would try by itself after a while.
    await tray.ask("click-menu", ["Run check now"]);
    await tray.until(() => icon() !== "offline");
    const foundAt = new Date().toISOString();
    await untilDevice(
      ({ presence, lastReportAt }) => presence.shown === "online" && (lastReportAt ?? "") > foundAt,
    );
  });

  step("shows what IT sees and did, as the server tells it, and saves a copy", async () => {
    const page = await open("What IT sees and did", "record");
    await page.getByText("How busy the processor is").waitFor();
    await page.getByRole("tab", { name: "What IT did" }).click();
    await expect
      .poll(() => page.locator("body").innerText(), { timeout: PATIENCE_MS })
      .toMatch(/it agrees in everything/);
    const place = `${machine.folder}/home/record.json`;
    tray.choose(() => ({ path: place }));
    await button(page, "Save as JSON").click();
    await page.getByText("Saved.").waitFor();
  });

  step("leaves the server, which forgets it", async () => {
    const page = await open("Set up and settings", "setup");
    await button(page, "Leave this server…").click();
    await button(page, "Leave").click();
    await field(page, "Server address").waitFor();
    await untilIcon("unknown");
    expect(await tray.quit()).toBe(0);
  });
});
