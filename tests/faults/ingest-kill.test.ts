import { afterEach, describe, expect, inject, it } from "vitest";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { enrolDevice, makeEnrolmentToken } from "../harness/enrol-device.ts";
import { createRandom } from "../harness/random.ts";
import { createReportingDevice, type ReportingDevice, SPACING_MS } from "../harness/reporting-device.ts";
import { type ServerProcess, startServerProcess } from "../harness/server-process.ts";
import { readStoredSamples } from "../harness/stored-samples.ts";

const DEVICES = 12;
const [KILLS, KILLS_OF_TWO] = inject("isFullRun") ? [40, 12] : [6, 4];
// The limits per device and address are for other tests: here as many reports as possible are under way at each kill.
const UNLIMITED = {
  MUSTER_DEVICE_REQUESTS_PER_S: "1000000",
  MUSTER_DEVICE_REQUESTS_AT_ONCE: "1000000",
  MUSTER_ADDRESS_REQUESTS_AT_ONCE: "1000",
  MUSTER_LOG_LEVEL: "warn",
};

const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const undo of cleanUp.splice(0).toReversed()) await undo();
});

/** A server that is started anew after each kill. */
type KilledServer = {
  /** Where the present one answers, once it is ready. */
  url(): Promise<string>;
  kill(): Promise<void>;
  stop(): Promise<void>;
};

function keepStarting(environment: Record<string, string>): KilledServer {
  let server: ServerProcess;
  let ready: Promise<string>;

  function start(): void {
    server = startServerProcess({ ...environment, ...UNLIMITED });
    ready = server.ready.then(({ url }) => url);
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    server.process.kill(signal);
    await server.exited;
  }

  start();
  return {
    url: () => ready,
    async kill() {
      const killed = end("SIGKILL");
      const started = killed.then(start);
      ready = started.then(() => ready);
      await started;
      await ready;
    },
    stop: () => end("SIGTERM"),
  };
}

/** Counts answers and says when so many more have come. */
function createAnswerCount() {
  let answered = 0;
  let wanted: { count: number; resolve: () => void } | null = null;
  return {
    add() {
      answered += 1;
      if (wanted && answered >= wanted.count) wanted.resolve();
    },
    next: (more: number) =>
      new Promise<void>((resolve) => {
        wanted = { count: answered + more, resolve };
      }),
  };
}

async function enrolDevices(shell: TestShell, url: string, onAnswer: () => void): Promise<ReportingDevice[]> {
  const { apiKey } = (await shell.run(["org", "create", "Killed"], { json: true })).json;
  const token = await makeEnrolmentToken(url, apiKey);
  const enrolled = Array.from({ length: DEVICES }, () => enrolDevice(url, token));
  return (await Promise.all(enrolled)).map((device) => createReportingDevice(device, onAnswer));
}

async function expectEachStoredOnce(shell: TestShell, devices: readonly ReportingDevice[]): Promise<void> {
  const stored = await readStoredSamples(shell.databaseUrl);
  for (const { id, answered, since } of devices) {
    const samples = (stored.get(id) ?? []).toSorted((a, b) => a.netIn - b.netIn);
    expect(samples.map(({ netIn }) => netIn)).toEqual([...answered].toSorted((a, b) => a - b));
    // The server moves times by what it measures of the device's clock: milliseconds here.
    const instants = samples.map(({ at }) => Math.round((at - since) / SPACING_MS));
    expect(instants).toEqual(samples.map(({ netIn }) => netIn));
  }
}

describe("reports that many devices send while servers are killed", () => {
  it(`are all stored once, on SQLite, after ${KILLS} kills`, async () => {
    const shell = await openShell("sqlite");
    const server = keepStarting(shell.environment);
    cleanUp.push(
      () => shell.remove(),
      () => server.stop(),
    );
    const count = createAnswerCount();
    const devices = await enrolDevices(shell, await server.url(), count.add);
    const end = new AbortController();
    const reporting = Promise.all(devices.map((device) => device.report(server.url, end.signal)));
    const random = createRandom(Date.now());
    for (let kill = 0; kill < KILLS; kill += 1) {
      await Promise.race([count.next(1 + Math.floor(random() * 120)), reporting]);
      await server.kill();
    }
    end.abort();
    await reporting;
    await server.stop();
    await expectEachStoredOnce(shell, devices);
  });

  it("are all stored once, on PostgreSQL, when one of two servers is killed", async () => {
    const shell = await openShell("postgres");
    const servers = [keepStarting(shell.environment), keepStarting(shell.environment)];
    cleanUp.push(
      () => shell.remove(),
      () => Promise.all(servers.map(({ stop }) => stop())),
    );
    const [first, second] = await Promise.all(servers.map(({ url }) => url()));
    expect(first).not.toBe(second);
    const count = createAnswerCount();
    const devices = await enrolDevices(shell, first ?? "", count.add);
    const end = new AbortController();
    let turn = 0;
    // As behind a proxy: what one server did not answer is sent to the other, which must know it.
    const next = () => Promise.race([servers[turn++ % 2]?.url() ?? "", ...servers.map(({ url }) => url())]);
    const reporting = Promise.all(devices.map((device) => device.report(next, end.signal)));
    const random = createRandom(Date.now());
    for (let kill = 0; kill < KILLS_OF_TWO; kill += 1) {
      await Promise.race([count.next(50 + Math.floor(random() * 120)), reporting]);
      await servers[kill % 2]?.kill();
    }
    end.abort();
    await reporting;
    await Promise.all(servers.map(({ stop }) => stop()));
    await expectEachStoredOnce(shell, devices);
  });
});
