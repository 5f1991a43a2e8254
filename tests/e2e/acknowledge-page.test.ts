import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createRequestListener } from "../../server/src/platform/http/request-listener.ts";
import { launchChromium } from "../harness/chromium.ts";
import { makeAlarm, type NotificationWorld, startNotifications } from "../harness/notification-world.ts";

let world: NotificationWorld;
let browser: Browser;
let server: Server;
let origin: string;

beforeAll(async () => {
  [world, browser] = await Promise.all([startNotifications("sqlite"), launchChromium()]);
  server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const listener = createRequestListener({
    routes: world.notifications.routes,
    authenticate: world.identity.identity.authenticate,
    log: pino({ level: "silent" }),
    clock: world.identity.clock,
    allowedOrigins: new Set([origin]),
  });
  server.on("request", listener);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await browser.close();
  await world.remove();
});

/** Path of the link in the newest mail. */
function linkInMail(): string {
  const text = world.mailbox.mails.at(-1)?.raw.replaceAll("=\r\n", "").replaceAll("=3D", "=") ?? "";
  const link = /http:\/\/localhost:8080(\/api\/v1\/acknowledge\/[\w-]{43})/.exec(text)?.[1];
  if (link === undefined) throw new Error("the mail has no link");
  return link;
}

it("the page behind the link of a mail works without scripts, in the reader's language", async () => {
  const alarm = makeAlarm(world.tenant.orgId, { device_name: "<b>web-01</b>" });
  await world.tell(alarm, 1, "opened");
  await world.pass(0);
  const page = await browser.newPage({ javaScriptEnabled: false, locale: "de" });
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  await page.goto(origin + linkInMail());
  expect(await page.title()).toBe("Alarm bestätigen · Muster");
  expect(await page.locator(".alarm").textContent()).toContain("<b>web-01</b>");
  expect(world.alarms.get(alarm.id)?.acknowledged_at).toBeNull();
  await page.getByRole("button", { name: "Bestätigen" }).click();
  expect(await page.getByRole("status").textContent()).toBe("Sie haben diesen Alarm bestätigt.");
  expect(world.alarms.get(alarm.id)?.acknowledged_by).toMatch(/^(admin|owner) of Tenant/);
  expect(complaints).toEqual([]);
});
