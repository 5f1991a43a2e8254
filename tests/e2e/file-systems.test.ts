import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { fullReport } from "../../server/src/fleet/ingest/report.fixture.ts";
import { findViolations, PHONE } from "../harness/accessibility.ts";
import { launchChromium } from "../harness/chromium.ts";
import {
  type DashboardWorld,
  EMAIL,
  PASSWORD,
  type ScriptedDevice,
  startDashboard,
} from "../harness/dashboard-world.ts";
import { signIn } from "../harness/sign-in.ts";

const VIEWER = "vera@example.org";

describe("the file systems of a device", { timeout: 120_000 }, () => {
  let world: DashboardWorld;
  let browser: Browser;
  let device: ScriptedDevice;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startDashboard(), launchChromium()]);
    const viewer = ["--org", world.orgId, "--email", VIEWER, "--name", "Vera", "--role", "viewer"];
    await world.shell.run(["user", "create", ...viewer, "--password-stdin"], { stdin: PASSWORD });
    device = await world.addDevice({ hostname: "db-1" });
    const { inventory } = fullReport;
    const [disk] = inventory?.disks ?? [];
    if (!inventory || !disk) throw new Error("the full report has no disk");
    await device.report({
      inventory: { ...inventory, disks: [disk, { ...disk, mount: "/srv" }] },
      facts: { diskMount: "/srv", hungFileSystems: ["/mnt/nas"], excludedMounts: ["/mnt/backup"] },
    });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await world.remove();
  });

  async function open(email: string): Promise<Page> {
    const context = await browser.newContext({ locale: "en-US", reducedMotion: "reduce" });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await signIn(page, world.url, email, PASSWORD);
    await page.goto(`${world.url}/devices/${device.id}?tab=inventory`);
    await page.getByRole("table", { name: "File systems" }).waitFor();
    return page;
  }
  const row = (page: Page, mount: string) =>
    page.getByRole("table", { name: "File systems" }).getByRole("row").filter({ hasText: mount });

  test("an operator excludes one and includes it again by the keyboard, and the attention follows", async () => {
    const page = await open(EMAIL);
    await page.getByText("A file system is not responding: /mnt/nas.").waitFor();
    await page.getByRole("button", { name: "Exclude /mnt/nas from monitoring" }).focus();
    await page.keyboard.press("Enter");
    await row(page, "/mnt/nas").getByText("excluded by Olive").waitFor();
    await page.getByText("/mnt/nas is no longer monitored.").waitFor();
    await page.getByText("A file system is not responding").waitFor({ state: "detached" });
    expect(await findViolations(page)).toEqual([]);
    expect(await findViolations(page, { sizes: [PHONE] })).toEqual([]);

    await page.getByRole("button", { name: "Include /mnt/nas in monitoring again" }).focus();
    await page.keyboard.press("Space");
    await page.getByText("A file system is not responding: /mnt/nas.").waitFor();
    // What the configuration of the device excludes is not the dashboard's to change.
    await row(page, "/mnt/backup").getByText("excluded on the device").waitFor();
    expect(await row(page, "/mnt/backup").getByRole("button").count()).toBe(0);
    expect(await row(page, "/srv").innerText()).toContain("included, the fullest");
  });

  test("a viewer sees what is excluded and by whom, and cannot change it", async () => {
    const body = JSON.stringify({ mount: "/srv" });
    const headers = { "content-type": "application/json", authorization: `Bearer ${world.key}` };
    const exclude = `${world.url}/api/v1/devices/${device.id}/exclude-mount`;
    expect((await fetch(exclude, { method: "POST", headers, body })).status).toBe(200);
    const page = await open(VIEWER);
    await row(page, "/srv").getByText("excluded by tests").waitFor();
    expect(await page.getByRole("table", { name: "File systems" }).getByRole("button").count()).toBe(0);
  });
});
