import path from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Report } from "@muster/shared/contracts/report.ts";
import Database from "better-sqlite3";
import { afterEach, expect, it } from "vitest";
import { openShell } from "../harness/command-line.ts";
import { enrolDevice, makeEnrolmentToken } from "../harness/enrol-device.ts";
import { createReportingDevice, type ReportingDevice } from "../harness/reporting-device.ts";
import { type ServerProcess, startServerProcess } from "../harness/server-process.ts";
import { startSpoolingAgent } from "../harness/spooling-agent.ts";
import { readStoredSamples } from "../harness/stored-samples.ts";
import { makeTinyDisk, type TinyDisk } from "../harness/tiny-disk.ts";

const DISK_BYTES = 8 * 1024 * 1024;
const REFUSED = 10;

const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const undo of cleanUp.splice(0).toReversed()) await undo();
});

async function startOn(disk: string) {
  const shell = await openShell("sqlite");
  const dataDir = path.join(disk, "data");
  const limits = { MUSTER_DEVICE_REQUESTS_PER_S: "100000", MUSTER_DEVICE_REQUESTS_AT_ONCE: "100000" };
  const environment = { MUSTER_DATA_DIR: dataDir, MUSTER_PORT: "0", ...limits };
  const server = startServerProcess(environment);
  const end = (signal: NodeJS.Signals) => {
    server.process.kill(signal);
    return server.exited;
  };
  cleanUp.push(
    () => shell.remove(),
    () => end("SIGKILL"),
  );
  const { url } = await server.ready;
  const { apiKey } = (await shell.run(["org", "create", "Full"], { json: true, environment })).json;
  const databasePath = path.join(dataDir, "muster.db");
  const listOrganizations = () => shell.run(["org", "list"], { environment });
  return { url, apiKey, server, databasePath, listOrganizations, stop: () => end("SIGTERM") };
}

const REFUSES = "The database does not accept writes";
const ACCEPTS = "The database accepts writes";

/** Leaves no byte free, and none inside the database's log, which takes a few small reports without growing. */
async function fillUp(
  disk: TinyDisk,
  { process: server }: ServerProcess,
  databasePath: string,
): Promise<void> {
  const database = new Database(databasePath, { timeout: 0 });
  for (let isBusy = true; isBusy; ) {
    server.kill("SIGSTOP");
    try {
      isBusy = database.pragma("wal_checkpoint(truncate)", { simple: true }) === 1;
      if (!isBusy) await disk.fill();
    } finally {
      server.kill("SIGCONT");
    }
    await setImmediate();
  }
  database.close();
}

/** Reports until one is not answered 200, which is returned. */
async function reportUntilRefused(device: ReportingDevice, url: string): Promise<Report> {
  for (;;) {
    const report = device.next("live");
    if ((await device.send(url, report))?.status !== 200) return report;
  }
}

async function ask(address: string, bearer?: string) {
  const answer = await fetch(address, { headers: bearer ? { authorization: `Bearer ${bearer}` } : {} });
  return { status: answer.status, body: await answer.json() };
}

it("refuses what it cannot store, reports it, and continues automatically when there is space", async ({
  skip,
}) => {
  const made = await makeTinyDisk(DISK_BYTES);
  if (made.kind === "missing") return skip(made.reason);
  const { disk } = made;
  cleanUp.push(() => disk.remove());
  const { url, apiKey, server, databasePath, listOrganizations, stop } = await startOn(disk.path);
  const token = await makeEnrolmentToken(url, apiKey);
  const device = createReportingDevice(await enrolDevice(url, token));
  const agent = await startSpoolingAgent(url, token);
  cleanUp.push(() => agent.remove());

  await fillUp(disk, server, databasePath);
  const refused = await reportUntilRefused(device, url);
  for (let attempt = 0; attempt < REFUSED; attempt += 1) {
    const sent = await device.send(url, refused, { isResent: true });
    expect(sent?.status).toBe(503);
    expect(sent?.body.error).toMatchObject({ code: "unavailable", requestId: expect.any(String) });
    expect(sent?.headers.get("retry-after")).toMatch(/^\d+$/);
  }
  expect(await ask(`${url}/api/health`)).toMatchObject({ status: 503, body: { database: "unavailable" } });
  expect((await ask(`${url}/api/v1/devices`, apiKey)).status).toBe(200);
  expect(await listOrganizations()).toEqual({ exitCode: 0, err: "", out: expect.stringContaining("Full") });
  const kept = await agent.untilSpooled(5);

  await disk.free();
  await expect
    .poll(async () => (await device.send(url, refused, { isResent: true }))?.status, { timeout: 30_000 })
    .toBe(200);
  expect(await ask(`${url}/api/health`)).toMatchObject({ status: 200, body: { database: "ok" } });
  expect((await device.send(url, device.next("live")))?.status).toBe(200);
  await agent.untilDrained();
  await agent.stop();
  expect(await stop()).toBe(0);
  expect(server.stderr()).toBe("");
  expect(server.stdout()).not.toContain("failed unexpectedly");
  // Once for each change: a small write may still fit where a larger one did not.
  const changes = server.stdout().match(/The database (does not accept|accepts) writes/g) ?? [];
  expect(changes).toEqual(changes.map((_, index) => (index % 2 === 0 ? REFUSES : ACCEPTS)));
  expect(changes.at(-1)).toBe(ACCEPTS);
  expect(server.stdout()).not.toContain("The database does not answer");

  const database = new Database(databasePath, { readonly: true });
  expect(database.pragma("integrity_check")).toEqual([{ integrity_check: "ok" }]);
  database.close();
  const stored = await readStoredSamples(`sqlite:${databasePath}`);
  const serials = (stored.get(device.id) ?? []).map(({ netIn }) => netIn).toSorted((a, b) => a - b);
  expect(serials).toEqual([...device.answered].toSorted((a, b) => a - b));
  const instants = (stored.get(agent.deviceId) ?? []).map(({ at }) => at);
  // The server moves times by what it measures of the device's clock, and the agent samples once a second.
  for (const instant of kept) expect(instants.some((at) => Math.abs(at - instant) < 900)).toBe(true);
}, 180_000);
