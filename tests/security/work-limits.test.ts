import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApp } from "../../server/src/platform/http/app.ts";
import { createRequestLimits, DEFAULT_LIMIT_RATES } from "../../server/src/platform/http/request-limits.ts";
import { fullReport } from "../../server/src/fleet/ingest/report.fixture.ts";
import {
  type FleetTenant,
  type FleetWorld,
  makeFleetTenant,
  startFleet,
  type TestDevice,
} from "../harness/fleet-server.ts";

const LARGE_BODY = gzipSync(JSON.stringify({ padding: "x".repeat(1_000_000) }));
/** Requests that a device may make at once. */
const BURST = DEFAULT_LIMIT_RATES.device.burst;

type App = ReturnType<typeof createApp>;

let world: FleetWorld;
let tenant: FleetTenant;
let stranger: FleetTenant;

beforeAll(async () => {
  world = await startFleet("sqlite");
  tenant = await makeFleetTenant(world);
  stranger = await makeFleetTenant(world);
});
afterAll(() => world.remove());

/** The app with default limits, except those of an organization's work. The clock stands still. */
function appWith(organization = DEFAULT_LIMIT_RATES.work.organization): App {
  const rates = { ...DEFAULT_LIMIT_RATES, work: { ...DEFAULT_LIMIT_RATES.work, organization } };
  return createApp({ ...world.appOptions, limits: createRequestLimits(rates, world.clock) });
}

async function post(app: App, device: TestDevice, body: Uint8Array<ArrayBuffer>) {
  const headers = {
    authorization: `Bearer ${device.bearer}`,
    "content-type": "application/json",
    "content-encoding": "gzip",
  };
  const answer = await app.request("/api/v1/agent/report", { method: "POST", headers, body });
  return { status: answer.status, retryAfterS: Number(answer.headers.get("retry-after")) };
}

const compressed = (report: unknown) => new Uint8Array(gzipSync(JSON.stringify(report)));
const liveReport = (device: TestDevice, change = {}) =>
  compressed(device.nextReport(world.clock.now(), change));

/** Sends large bodies until one is answered 429. */
async function exhaust(app: App, device: TestDevice) {
  for (let sent = 1; sent <= BURST; sent += 1) {
    const { status, retryAfterS } = await post(app, device, new Uint8Array(LARGE_BODY));
    if (status === 429) return { sent, retryAfterS };
    expect(status).toBe(400);
  }
  throw new Error("No body was refused.");
}

describe("the limit on work", () => {
  test("refuses a device whose bodies are large, although it may send more requests, and says when to return", async () => {
    const app = appWith();
    const device = await tenant.enrol();
    const neighbour = await tenant.enrol();
    const { sent, retryAfterS } = await exhaust(app, device);
    expect(sent).toBeLessThan(BURST);
    expect(retryAfterS).toBeGreaterThan(0);
    expect((await post(app, device, liveReport(device))).status).toBe(429);
    expect((await post(app, neighbour, liveReport(neighbour))).status).toBe(200);
    world.clock.advance(retryAfterS * 1000);
    expect((await post(app, device, liveReport(device))).status).toBe(200);
  });

  test("accepts every cheap report of a whole burst", async () => {
    const app = appWith();
    const device = await tenant.enrol();
    for (let sent = 0; sent < BURST; sent += 1) {
      expect((await post(app, device, liveReport(device))).status).toBe(200);
    }
  });

  test("refuses all devices of an organization that together cause too much, and no other organization's", async () => {
    const app = appWith({ perSecond: 1, burst: 100 });
    const [first, second] = [await tenant.enrol(), await tenant.enrol()];
    const foreign = await stranger.enrol();
    await exhaust(app, first);
    const refused = await post(app, second, liveReport(second));
    expect(refused.status).toBe(429);
    expect(refused.retryAfterS).toBeGreaterThan(0);
    expect((await post(app, foreign, liveReport(foreign))).status).toBe(200);
  });

  test("refuses bodies that arrive together after the first ones have used up the credit", async () => {
    const app = appWith();
    const device = await tenant.enrol();
    const together = Array.from({ length: BURST }, () => post(app, device, new Uint8Array(LARGE_BODY)));
    const statuses = (await Promise.all(together)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
  });
});

describe("an inventory with 5,000 addresses", () => {
  const addresses = (interfaceNo: number, fill: string) =>
    Array.from({ length: 50 }, (_, index) => `${interfaceNo}.${index}.${fill}`);
  const inventoryOf = (fill: string) => ({
    ...fullReport.inventory,
    networkInterfaces: Array.from({ length: 100 }, (_, index) => ({
      name: `eth${index}`,
      addresses: addresses(index, fill),
    })),
  });

  test("is stored within bounds, and the device is found by its first addresses", async () => {
    const device = await tenant.enrol();
    const change = { inventory: inventoryOf("abc"), inventoryHash: "00000000000000aa" };
    expect((await post(appWith(), device, liveReport(device, change))).status).toBe(200);
    const { body } = await world.ask("GET", `/api/v1/devices/${device.id}`, { bearer: tenant.key });
    const stored: { addresses: string[] }[] = body.inventory.networkInterfaces;
    expect(stored).toHaveLength(100);
    expect(stored.flatMap((one) => one.addresses)).toHaveLength(512);
    const found = await world.ask("GET", "/api/v1/devices?search=0.1.abc", { bearer: tenant.key });
    expect(found.body.items).toMatchObject([{ id: device.id }]);
  });

  test("adds a bounded text to what a search reads, also where case folding makes it longer", async () => {
    const device = await tenant.enrol();
    // One character that folding turns into eighteen.
    const change = { inventory: inventoryOf("\ufdfa".repeat(50)), inventoryHash: "00000000000000bb" };
    expect((await post(appWith(), device, liveReport(device, change))).status).toBe(200);
    const { search_text } = await world.store.read
      .selectFrom("devices")
      .select("search_text")
      .where("id", "=", device.id)
      .executeTakeFirstOrThrow();
    expect(search_text.length).toBeLessThanOrEqual(8_192);
  });
});

describe("history of a device that sends more samples than its interval promises", () => {
  const HOUR = 3_600_000;
  const STEP = 4_360;
  const SAMPLES = 59_500;
  const metrics = "metrics=cpu";
  let device: TestDevice;
  let now: number;

  beforeAll(async () => {
    device = await tenant.enrol();
    now = world.clock.now();
    const send = async (change: object) => {
      const report = device.nextReport(now, { intervalS: 3600, ...change });
      const answer = await world.ask("POST", "/api/v1/agent/report", { bearer: device.bearer, body: report });
      expect(answer.status).toBe(200);
    };
    await send({});
    for (let start = 0; start < SAMPLES; start += 500) {
      const samples = Array.from({ length: 500 }, (_, index) => {
        const position = start + index;
        return { at: now - (SAMPLES - position) * STEP, cpu: position === SAMPLES - 100 ? 99 : 10 };
      });
      await send({ lane: "backfill", sequence: 1 + start / 500, samples });
    }
  });

  const read = (hours: number) => {
    const from = new Date(now - hours * HOUR).toISOString();
    const to = new Date(now + 1000).toISOString();
    return world.ask("GET", `/api/v1/devices/${device.id}/history?${metrics}&from=${from}&to=${to}`, {
      bearer: tenant.key,
    });
  };

  test.each([1, 6, 12, 13, 24, 72])(
    "has about 2,000 points over %i hours, and keeps the highest value",
    async (hours) => {
      const { status, body } = await read(hours);
      expect(status).toBe(200);
      expect(body.times.length).toBeGreaterThan(100);
      expect(body.times.length).toBeLessThanOrEqual(2_100);
      expect(Math.max(...(body.series.cpu.max ?? body.series.cpu.avg))).toBe(99);
    },
  );
});
