import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
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
  await page.getByRole("button", { name: "New customer" }).click();
  await dialog().getByLabel("Name").fill("Quay");
  await dialog().getByRole("button", { name: "Add contact" }).click();
  await dialog().getByLabel("Contact", { exact: true }).fill("Ada");
  await dialog().getByRole("button", { name: "New customer" }).click();
  await heading("Quay");
  await page.getByRole("cell", { name: "Ada" }).waitFor();

  await page.getByRole("button", { name: "Edit" }).click();
  await dialog().getByLabel("Notes").fill("mine");
  await call("PATCH", `/customers/${page.url().split("/").at(-1)}`, { notes: "theirs" });
  await dialog().getByRole("button", { name: "Save" }).click();
  await dialog().getByText("changed by somebody else").waitFor();
  await page.reload();
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
  await page.getByRole("link", { name: "2", exact: true }).click();
  for (const name of [/merged-1/, /merged-2/]) await page.getByRole("row", { name }).waitFor();
  expect(await page.getByRole("row", { name: /web-2/ }).count()).toBe(0);
});

test("shows a limited member only their customers and devices, and nothing that needs the whole organization", async () => {
  await customerWith("theirs-1", "Theirs");
  await page.goto(`${world.url}/settings/users`);
  await page.getByRole("button", { name: "New user" }).click();
  await dialog().getByLabel("Name").fill("Lin");
  await dialog().getByLabel("E-mail").fill("lin@example.org");
  await dialog().getByLabel("Initial password").fill(PASSWORD);
  await dialog().getByRole("radio", { name: "Admin" }).check();
  await dialog().getByPlaceholder("Search customers").fill("theirs");
  await page.getByRole("option", { name: "Theirs" }).click();
  await page.keyboard.press("Escape");
  await dialog().getByRole("button", { name: "New user" }).click();
  await page.getByRole("row", { name: /Lin.*Theirs/ }).waitFor();

  const limited = await openSignedIn("lin@example.org");
  await limited.getByRole("row", { name: /theirs-1/ }).waitFor();
  expect(await limited.getByRole("row", { name: /web-2/ }).count()).toBe(0);
  const links = await limited.getByRole("navigation").getByRole("link").allTextContents();
  expect(links).not.toContain("Users");
  expect(links).toContain("Customers");
  await limited.goto(`${world.url}/settings/users`);
  await limited.getByText("Your role does not allow this").waitFor();
  expect(await limited.getByRole("button", { name: "New user" }).count()).toBe(0);
  await limited.goto(`${world.url}/customers`);
  await limited.getByRole("link", { name: "Theirs" }).waitFor();
  expect(await limited.getByRole("button", { name: "New customer" }).count()).toBe(0);
  await limited.context().close();
});
