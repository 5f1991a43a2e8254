import { readFile } from "node:fs/promises";
import { agentSystemOf } from "@muster/shared/artefacts/agent-system.ts";
import { Organization } from "@muster/shared/contracts/identity.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { launchChromium } from "../harness/chromium.ts";
import { type DashboardWorld, EMAIL, PASSWORD, startDashboard } from "../harness/dashboard-world.ts";

let world: DashboardWorld;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  world = await startDashboard();
  browser = await launchChromium();
  page = await browser.newPage({ locale: "en-US", viewport: { width: 1440, height: 900 } });
  await page.goto(`${world.url}/login`);
  await page.getByLabel("E-mail").fill(EMAIL);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Fleet" }).waitFor();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.remove();
});

async function longestPauseS(): Promise<number | null> {
  const answer = await fetch(`${world.url}/api/v1/organization`, {
    headers: { authorization: `Bearer ${world.key}` },
  });
  return Organization.parse(await answer.json()).longestPauseS;
}

test("limits how long a user may pause the machine, forbids it, and allows it again", async () => {
  await page.goto(`${world.url}/settings/organization`);
  const pause = page.getByRole("combobox", { name: "Pause by local users" });
  const choose = async (words: string) => {
    await pause.click();
    await page.getByRole("option", { name: words }).click();
  };
  const save = () => page.getByRole("button", { name: "Save" }).click();

  expect(await pause.inputValue()).toBe("No limit");
  await choose("Limited");
  await page.getByLabel("Maximum pause (minutes)").fill("90");
  await save();
  await expect.poll(longestPauseS).toBe(5400);

  await page.reload();
  expect(await page.getByLabel("Maximum pause (minutes)").inputValue()).toBe("90");
  await choose("Not allowed");
  await save();
  await expect.poll(longestPauseS).toBe(0);
  await choose("No limit");
  await save();
  await expect.poll(longestPauseS).toBeNull();
});

test.each([
  { page: "keys", add: "Create key", made: "Key created", prefix: "mk_" },
  { page: "tokens", add: "Create token", made: "Token created", prefix: "mt_" },
])(
  "creates one of the $page, shows its secret once, and revokes it",
  async ({ page: place, add, made, prefix }) => {
    await page.goto(`${world.url}/settings/${place}`);
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: add }).click();
    await dialog.getByLabel("Name").fill(`Made for ${place}`);
    await dialog.getByRole("button", { name: add }).click();
    await page.getByRole("dialog", { name: made }).waitFor();
    expect(await dialog.getByText(prefix).first().innerText()).toMatch(/m[kt]_[\w-]{43}/);
    await dialog.getByRole("button", { name: "Close" }).last().click();
    const row = page.getByRole("row", { name: `Made for ${place}` });
    await row.waitFor();
    expect(await page.getByText(new RegExp(`${prefix}[\\w-]{43}`)).count()).toBe(0);
    await row.getByRole("button", { name: /Revoke/ }).click();
    await dialog.getByText(`Made for ${place}`).waitFor();
    await dialog.getByRole("button", { name: "Revoke" }).click();
    await row.getByText("revoked").waitFor();
  },
);

test("does not overwrite the access of a key that somebody else changed since the dialog was opened", async () => {
  const created = await fetch(`${world.url}/api/v1/customers`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${world.key}` },
    body: JSON.stringify({ name: "Harbour" }),
  });
  expect(created.status).toBe(201);
  const flags = ["--org", world.orgId, "--name", "shared", "--scopes", "read"];
  await world.shell.run(["key", "create", ...flags], { json: true });
  const storageState = await page.context().storageState();
  const other = await browser.newPage({ locale: "en-US", storageState });
  onTestFinished(() => other.close());
  const rowIn = (one: Page) => one.getByRole("row", { name: "shared" });
  const open = async (one: Page) => {
    await rowIn(one).getByRole("button", { name: "Edit access" }).click();
    return one.getByRole("dialog", { name: "Access of the key" });
  };
  for (const one of [page, other]) await one.goto(`${world.url}/settings/keys`);
  const [mine, theirs] = [await open(page), await open(other)];
  await theirs.getByRole("combobox").click();
  await other.getByRole("option", { name: "Harbour" }).click();
  await theirs.getByRole("button", { name: "Save" }).click();
  await rowIn(other).getByText("Harbour").waitFor();

  await mine.getByRole("button", { name: "Save" }).click();
  await mine.getByText("Someone else changed this in the meantime.").waitFor();
  await rowIn(page).getByText("Harbour").waitFor();
  await mine.getByRole("button", { name: "Cancel" }).click();
  await (await open(page)).getByText("Harbour").waitFor();
  await mine.getByRole("button", { name: "Cancel" }).click();
});

test("shows what the server refuses beside its field, until the field is changed", async () => {
  await page.goto(`${world.url}/settings/keys`);
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Create key" }).click();
  const name = dialog.getByLabel("Name");
  await name.fill("back\u202ewards");
  await dialog.getByRole("button", { name: "Create key" }).click();
  await dialog
    .getByText("Must not contain bidirectional or invisible characters.", { exact: true })
    .waitFor();
  expect(await name.getAttribute("aria-invalid")).toBe("true");
  expect(await dialog.getByRole("alert").count()).toBe(0);
  await name.fill("backwards");
  await expect.poll(() => name.getAttribute("aria-invalid")).toBeNull();
  await dialog.getByRole("button", { name: "Cancel" }).click();
});

test("tells in sentences what was changed, from what to what, and exports what a filter finds", async () => {
  const device = await world.addDevice({ hostname: "audited" });
  await world.addDevice({ hostname: "another" });
  const answer = await fetch(`${world.url}/api/v1/devices/${device.id}`, {
    method: "PATCH",
    headers: { "content-type": "application/json", authorization: `Bearer ${world.key}` },
    body: JSON.stringify({ customer: "Acme" }),
  });
  expect(answer.status).toBe(200);
  await page.goto(`${world.url}/settings/audit`);
  const entries = page.getByRole("list", { name: "Audit log" }).getByRole("listitem");
  await entries.filter({ hasText: "another was enrolled" }).waitFor();
  await page.getByPlaceholder("Any device").fill("audited");
  await page.getByRole("option", { name: "audited" }).click();
  await expect.poll(() => entries.count()).toBe(2);
  const changed = entries.first();
  expect(await changed.innerText()).toMatch(
    /tests \(API key\) changed audited\s+Customer: from none to Acme/,
  );
  await changed.getByRole("button", { name: "Details" }).click();
  await changed.getByText("Request", { exact: true }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export CSV" }).click(),
  ]);
  const csv = await readFile(await download.path(), "utf8");
  expect(csv).toContain("tests changed audited");
  expect(csv).not.toContain("another");
  await changed.getByRole("link", { name: "audited" }).click();
  await page.getByRole("heading", { name: "audited" }).waitFor();
});
test.skipIf(agentSystemOf(process) !== "linux-x64")(
  "shows how to build an agent, and builds it for a server administrator",
  async () => {
    const row = page.getByRole("row", { name: "Linux (x64)" });
    await page.goto(`${world.url}/settings/downloads`);
    await row.getByText("npx muster artefacts build --system linux-x64").waitFor();
    expect(await page.getByRole("button", { name: /^Build/ }).count()).toBe(0);

    await world.shell.run(["user", "grant-server-admin", EMAIL]);
    await page.goto(`${world.url}/?add=device`);
    await page.getByRole("button", { name: "Show the command for this computer" }).click();
    await page.getByRole("button", { name: "Build", exact: true }).click();
    await page.getByRole("button", { name: "Copy command" }).first().waitFor();
    await page.goto(`${world.url}/settings/downloads`);
    await page.getByRole("button", { name: "Build the agent for Linux (x64)" }).waitFor();
    await row.getByText("ready").waitFor();
    await row.getByText("Built by this server").waitFor();
    const link = row.getByRole("link", { name: "Download the agent for Linux (x64)" });
    const answer = await fetch(world.url + (await link.getAttribute("href")), { method: "HEAD" });
    expect(answer.status).toBe(200);
  },
);
