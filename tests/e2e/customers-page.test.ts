import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeAgentStandIn } from "../harness/agent-stand-in.ts";
import { launchChromium } from "../harness/chromium.ts";
import { type DashboardWorld, EMAIL, PASSWORD, startDashboard } from "../harness/dashboard-world.ts";
import { signIn } from "../harness/sign-in.ts";

let world: DashboardWorld;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [world, browser] = await Promise.all([startDashboard(), launchChromium()]);
  for (const hostname of ["web-1", "web-2"]) await (await world.addDevice({ hostname })).report();
  page = await openSignedIn(EMAIL);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.remove();
});

async function openSignedIn(email: string): Promise<Page> {
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1440, height: 900 } });
  const opened = await context.newPage();
  await signIn(opened, world.url, email, PASSWORD);
  return opened;
}

async function call(method: string, route: string, body: unknown) {
  const answer = await fetch(`${world.url}/api/v1${route}`, {
    method,
    headers: { "content-type": "application/json", authorization: `Bearer ${world.key}` },
    body: JSON.stringify(body),
  });
  return answer.json();
}
/** Id of a new customer that has one device. */
async function customerWith(hostname: string, name: string): Promise<string> {
  const device = await world.addDevice({ hostname });
  await device.report();
  return (await call("PATCH", `/devices/${device.id}`, { customer: name })).customerId;
}
const dialog = () => page.getByRole("dialog");
const heading = (name: string) => page.getByRole("heading", { level: 1, name }).waitFor();

test("creates a customer with a contact, and never loses a change that somebody else made meanwhile", async () => {
  await page.goto(`${world.url}/customers`);
  await page.getByText("No customers yet").waitFor();
  await page.getByRole("button", { name: "Create customer" }).click();
  await dialog().getByLabel("Name").fill("Quay");
  await dialog().getByRole("button", { name: "Add contact" }).click();
  await dialog().getByLabel("Contact", { exact: true }).fill("Ada");
  await dialog().getByRole("button", { name: "Create customer" }).click();
  await heading("Quay");
  await page.getByRole("cell", { name: "Ada" }).waitFor();

  await page.getByRole("button", { name: "Edit" }).click();
  await dialog().getByLabel("Notes").fill("mine");
  await call("PATCH", `/customers/${page.url().split("/").at(-1)}`, { notes: "theirs" });
  await dialog().getByRole("button", { name: "Save" }).click();
  await dialog()
    .getByText(/^tests changed this/)
    .waitFor();
  expect(await dialog().getByLabel("Yours").inputValue()).toBe("mine");
  await dialog().getByRole("button", { name: "Take theirs" }).click();
  await expect.poll(() => dialog().getByLabel("Notes").first().inputValue()).toBe("theirs");
  await dialog().getByRole("button", { name: "Cancel" }).click();
  await page.getByText("theirs").waitFor();
});

test("gives devices a customer that is created on the way, links to it, and finds those without one", async () => {
  await page.goto(world.url);
  await page.getByRole("row", { name: /web-1/ }).getByRole("checkbox").check();
  await page.getByRole("toolbar").getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Customer" }).click();
  await dialog()
    .getByRole("combobox")
    .or(dialog().getByPlaceholder("Search customers"))
    .first()
    .fill("Jetty");
  await page.getByRole("option", { name: "Create “Jetty”" }).click();
  await dialog().getByRole("button", { name: "Save" }).click();
  await dialog().waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Customer" }).first().click();
  await page.getByLabel("No customer").check();
  await page.getByRole("row", { name: /web-1/ }).waitFor({ state: "detached" });
  await page.getByRole("row", { name: /web-2/ }).waitFor();
  expect(page.url()).toContain("customerId=none");
  await page.goto(world.url);
  await page.getByRole("row", { name: /web-1/ }).getByRole("link", { name: "Jetty" }).click();
  await page.getByRole("row", { name: /web-2/ }).waitFor({ state: "detached" });
  await page.getByRole("row", { name: /web-1/ }).waitFor();
});

test("merges a customer into another one, which gets its devices", async () => {
  const from = await customerWith("merged-1", "From");
  await customerWith("merged-2", "Intö");
  await page.goto(`${world.url}/customers/${from}`);
  await page.getByRole("button", { name: "Merge" }).click();
  await dialog().getByPlaceholder("Search customers").fill("INTO");
  await page.getByRole("option", { name: "Intö" }).click();
  await dialog().getByRole("button", { name: "Merge" }).click();
  await heading("Intö");
  await page.getByRole("link", { name: "2 ok" }).waitFor();
  await page.getByRole("link", { name: "2", exact: true }).click();
  for (const name of [/merged-1/, /merged-2/]) await page.getByRole("row", { name }).waitFor();
  expect(await page.getByRole("row", { name: /web-2/ }).count()).toBe(0);
});

test("shows a limited member only their customers and devices, and nothing that needs the whole organization", async () => {
  await customerWith("theirs-1", "Theirs");
  await page.goto(`${world.url}/settings/users`);
  await page.getByRole("button", { name: "Add user" }).click();
  await dialog().getByLabel("Name").fill("Lin");
  await dialog().getByLabel("E-mail").fill("lin@example.org");
  await dialog().getByLabel("Initial password").fill(PASSWORD);
  await dialog().getByRole("radio", { name: "Admin" }).check();
  await dialog().getByPlaceholder("Search customers").fill("theirs");
  await page.getByRole("option", { name: "Theirs" }).click();
  await page.keyboard.press("Escape");
  await dialog().getByRole("button", { name: "Add user" }).click();
  await page.getByRole("row", { name: /Lin.*Theirs/ }).waitFor();

  const limited = await openSignedIn("lin@example.org");
  await limited.getByRole("row", { name: /theirs-1/ }).waitFor();
  expect(await limited.getByRole("row", { name: /web-2/ }).count()).toBe(0);
  const links = await limited.getByRole("navigation").getByRole("link").allTextContents();
  expect(links).not.toContain("Users");
  expect(links).toContain("Customers");
  await limited.goto(`${world.url}/settings/users`);
  await limited.getByText("Your role does not allow this").waitFor();
  expect(await limited.getByRole("button", { name: "Add user" }).count()).toBe(0);
  await limited.goto(`${world.url}/customers`);
  await limited.getByRole("link", { name: "Theirs" }).waitFor();
  expect(await limited.getByRole("button", { name: "Create customer" }).count()).toBe(0);
  await limited.context().close();
});

test("asks a member with several customers whose the new device is, before it shows a command", async () => {
  const east = await customerWith("east-1", "East");
  const west = await customerWith("west-1", "West");
  const agent = await writeAgentStandIn(path.join(world.shell.dataDir, "agent.bin"), "linux-x64");
  await world.shell.run(["artefacts", "add", agent, "--system", "linux-x64", "--version", "1.0.0"]);
  const user = ["--email", "kay@example.org", "--name", "Kay", "--role", "operator", "--password-stdin"];
  const limit = ["--customer", east, "--customer", west];
  await world.shell.run(["user", "create", "--org", world.orgId, ...user, ...limit], { stdin: PASSWORD });

  const limited = await openSignedIn("kay@example.org");
  await limited.getByRole("button", { name: "Add device" }).click();
  await limited.getByRole("button", { name: "Show the command for this computer" }).click();
  const adding = limited.getByRole("dialog");
  await adding.getByText("Choose the customer that the new device belongs to.").waitFor();
  expect(await adding.getByText("Waiting for its first report").count()).toBe(0);
  await adding.getByLabel("Customer of the new device").click();
  await limited.getByRole("option", { name: "West" }).click();
  await adding.getByText(/curl|wget/).waitFor();
  await adding.getByText("Waiting for its first report").waitFor();
  await limited.context().close();
});
