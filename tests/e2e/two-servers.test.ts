import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import type { DevicesEvent } from "@muster/shared/contracts/stream.ts";
import { healthOf } from "@muster/shared/health/score.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDashboard } from "../../build/launch/build-dashboard.mjs";
import { launchChromium } from "../harness/chromium.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { enrolDevice, makeEnrolmentToken } from "../harness/enrol-device.ts";
import { type EventReader, readEvents } from "../harness/event-reader.ts";
import { createReportingDevice, type ReportingDevice } from "../harness/reporting-device.ts";
import { type ServerProcess, startServerProcess } from "../harness/server-process.ts";
import { signIn } from "../harness/sign-in.ts";
import { type SpoolingAgent, startSpoolingAgent } from "../harness/spooling-agent.ts";
import { readStoredSamples } from "../harness/stored-samples.ts";
import { type PageErrors, watchPage } from "../harness/watch-page.ts";

const run = promisify(execFile);
const root = path.join(import.meta.dirname, "../..");
const PERSON = { email: "olive@example.org", password: "a passphrase for tests" };
const LIMITS = { MUSTER_DEVICE_REQUESTS_PER_S: "100000", MUSTER_DEVICE_REQUESTS_AT_ONCE: "100000" };
const TRIES = 5;
/** Less than the half minute after which a server asks anew about a key in any case. */
const BEFORE_FORGOTTEN_MS = 15_000;
/** Samples that an agent keeps while its server is gone: one a second, so more than fit into the slack around them. */
const KEPT = 4;
/** By how much the server may move times, by what it measures of a device's clock. */
const SLACK_MS = 1_000;

describe("two servers on one PostgreSQL", { timeout: 240_000 }, () => {
  let shell: TestShell;
  let servers: ServerProcess[];
  let urls: [string, string];
  let orgId: string;
  let apiKey: string;
  let agents: [SpoolingAgent, SpoolingAgent];
  let device: ReportingDevice;
  let browser: Browser;
  let page: Page;
  let pageErrors: PageErrors;
  const stopReporting = new AbortController();
  let reporting: Promise<void> = Promise.resolve();

  const start = (environment: Record<string, string> = {}) =>
    startServerProcess({ ...shell.environment, ...LIMITS, ...environment });
  const muster = (...args: string[]) =>
    run(process.execPath, [path.join(root, "server/bin/muster.mjs"), ...args, "--json"], {
      env: { PATH: process.env["PATH"], ...shell.environment },
    });

  beforeAll(async () => {
    if (!buildDashboard(root)) throw new Error("the dashboard could not be built");
    shell = await openShell("postgres");
    ({ orgId, apiKey } = JSON.parse((await muster("org", "create", "Shared")).stdout));
    const person = ["--org", orgId, "--email", PERSON.email, "--name", "Olive", "--role", "owner"];
    await shell.run(["user", "create", ...person, "--password-stdin"], { stdin: PERSON.password });
    servers = [start(), start()];
    const [first = "", second = ""] = await Promise.all(servers.map(async ({ ready }) => (await ready).url));
    urls = [first, second];
    const token = await makeEnrolmentToken(first, apiKey);
    agents = [await startSpoolingAgent(first, token), await startSpoolingAgent(second, token)];
    device = createReportingDevice(await enrolDevice(first, token, { hostname: "scripted" }));
    browser = await launchChromium();
    page = await browser.newPage({ locale: "en-US", viewport: { width: 1440, height: 900 } });
    pageErrors = await watchPage(page);
    await signIn(page, second, PERSON.email, PERSON.password);
  }, 240_000);
  afterAll(async () => {
    stopReporting.abort();
    await reporting.catch(() => undefined);
    await browser?.close();
    await Promise.all(agents.map((agent) => agent.remove()));
    for (const { process: child } of servers) child.kill("SIGKILL");
    await Promise.all(servers.map(({ exited }) => exited));
    await shell.remove();
  });

  /** Reports to `server`, and resolves once a reader at the other is told of it. */
  async function toldOfReport(reader: EventReader, server: string): Promise<void> {
    await device.send(server, device.next("live"));
    for (;;) {
      const told = await reader.next();
      if (told === null) throw new Error("the stream has ended");
      if (told.event !== "devices") continue;
      const { changed } = told.data as DevicesEvent;
      if (changed.some(({ id }) => id === device.id)) return;
    }
  }

  it("show each other's agents", async () => {
    for (const { deviceId } of agents) {
      for (const url of urls) {
        const answer = await fetch(`${url}/api/v1/devices/${deviceId}`, {
          headers: { authorization: `Bearer ${apiKey}` },
        });
        expect(await answer.json()).toMatchObject({ id: deviceId, presence: { shown: "online" } });
      }
      await page.locator(`#device-${deviceId}`).waitFor();
    }
  });

  it("report a change at one server to a stream at the other", async () => {
    const [first, second] = urls;
    for (const [reported, listened] of [
      [first, second],
      [second, first],
    ] as const) {
      const reader = await readEvents(`${listened}/api/v1/stream`, apiKey);
      for (let attempt = 0; attempt < TRIES; attempt += 1) await toldOfReport(reader, reported);
      await reader.close();
    }
  });

  it("show a report to one on a page of the other, without a reload", async () => {
    const { samples, ...report } = device.next("live");
    const metrics = { cpu: 97, memory: 31, disk: 40 };
    await device.send(urls[0], { ...report, samples: samples.map((sample) => ({ ...sample, ...metrics })) });
    const health = healthOf(metrics);
    const row = page.locator(`#device-${device.id}`);
    await row.waitFor();
    const shown = async () => (await row.locator('[data-column="score"]').innerText()).trim();
    await expect
      .poll(shown, { timeout: 30_000 })
      .toBe(health.status === "unknown" ? "" : String(health.score));
    expect(pageErrors).toEqual([]);
  });

  it("refuse a key that the command line revoked before their cache expires", async () => {
    const made = await muster("key", "create", "--org", orgId, "--name", "lost", "--scopes", "read");
    const created = JSON.parse(made.stdout);
    const ask = async (url: string) => {
      const headers = { authorization: `Bearer ${created.secret}` };
      return (await fetch(`${url}/api/v1/devices`, { headers })).status;
    };
    expect(await Promise.all(urls.map(ask))).toEqual([200, 200]);
    const stream = await readEvents(`${urls[1]}/api/v1/stream`, created.secret);
    await muster("key", "revoke", created.key.id);
    for (const url of urls) {
      await expect.poll(() => ask(url), { interval: 20, timeout: BEFORE_FORGOTTEN_MS }).toBe(401);
    }
    while ((await stream.next()) !== null);
  });

  it("lose no sample when one of them is killed", async () => {
    const [first, second] = urls;
    let turn = 0;
    const either = () => Promise.resolve(urls[turn++ % 2] ?? second);
    reporting = device.report(either, stopReporting.signal, { lanes: ["live"] });
    const before = device.answered.size;
    await expect.poll(() => device.answered.size, { timeout: 30_000 }).toBeGreaterThan(before + 100);
    servers[0]?.process.kill("SIGKILL");
    await servers[0]?.exited;
    const kept = await agents[0].untilSpooled(KEPT);
    servers[0] = start({ MUSTER_PORT: new URL(first).port });
    await servers[0].ready;
    await agents[0].untilDrained();
    stopReporting.abort();
    await reporting;
    await Promise.all(agents.map((agent) => agent.stop()));
    await browser.close();
    for (const { process: child } of servers) child.kill("SIGTERM");
    expect(await Promise.all(servers.map(({ exited }) => exited))).toEqual([0, 0]);

    const stored = await readStoredSamples(shell.databaseUrl);
    const serials = (stored.get(device.id) ?? []).map(({ netIn }) => netIn).toSorted((a, b) => a - b);
    expect(serials).toEqual([...device.answered].toSorted((a, b) => a - b));
    const instants = (stored.get(agents[0].deviceId) ?? []).map(({ at }) => at);
    const [from, to] = [Math.min(...kept) - SLACK_MS, Math.max(...kept) + SLACK_MS];
    expect(instants.filter((at) => at > from && at < to).length).toBeGreaterThanOrEqual(kept.length);
  });
});
