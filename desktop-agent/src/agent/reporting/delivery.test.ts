import type { Report } from "@muster/shared/contracts/report.ts";
import { describe, expect, it } from "vitest";
import { HOME, INTERVAL_S, makeAgent } from "../../../../tests/harness/fake-agent.ts";
import { createMemoryServer } from "../../../../tests/harness/memory-server.ts";
import { createFakePlatform } from "../../platform/fake/fake-platform.ts";

const STARTED_S = 2;

async function startAgent(...given: Parameters<typeof makeAgent>) {
  const made = await makeAgent(...given);
  await made.agent.start();
  await made.pass(STARTED_S);
  return made;
}

const instantsOf = (reports: readonly Report[]) =>
  reports.flatMap(({ samples }) => samples.map(({ at }) => at));
const liveOf = (reports: readonly Report[]) => reports.filter(({ lane }) => lane === "live");
const backfillOf = (reports: readonly Report[]) => reports.filter(({ lane }) => lane === "backfill");

/** Every sample of a steady run from the first to the last, none twice. */
function expectGapless(reports: readonly Report[]): void {
  const instants = instantsOf(reports).toSorted((a, b) => a - b);
  const steps = instants.slice(1).map((at, index) => at - (instants[index] ?? 0));
  expect(new Set(steps)).toEqual(new Set([INTERVAL_S * 1000]));
}

describe("a server that is not reached", () => {
  it("gets the newest sample first when it is back, then the waiting ones", async () => {
    const { server, agent, pass } = await startAgent();
    server.behave("unreachable");
    await pass(20 * INTERVAL_S);
    expect(agent.status().reporting?.spool.samples).toBe(20);
    expect(agent.status().reporting?.contact).toMatchObject({ isReached: false, problem: "nothing listens" });
    server.behave("well");
    await pass(INTERVAL_S);
    expect(liveOf(server.stored)).toHaveLength(2);
    expect(backfillOf(server.stored)).toHaveLength(0);
    await pass(5 * INTERVAL_S);
    expect(backfillOf(server.stored)).toHaveLength(1);
    expectGapless(server.stored);
    expect(agent.status().reporting?.spool.samples).toBe(0);
  });

  it("does not use up a number for a report that was certainly not sent", async () => {
    const { server, pass } = await startAgent();
    server.behave("unreachable");
    await pass(5 * INTERVAL_S);
    server.behave("well");
    await pass(6 * INTERVAL_S);
    expect(liveOf(server.stored).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(server.conflicts).toHaveLength(0);
  });

  it("gets no request while the circuit is open", async () => {
    const { server, agent, pass } = await startAgent();
    server.open(false);
    const asked = server.requests.length;
    await pass(10 * INTERVAL_S);
    expect(server.requests).toHaveLength(asked);
    expect(agent.status().reporting?.spool.samples).toBe(10);
  });

  it("gets the samples of a long absence in reports of at most 500 samples, oldest first, spread over time", async () => {
    const { server, platform, pass } = await startAgent(createFakePlatform(), createMemoryServer(), {
      random: () => 0.5,
    });
    server.behave("unreachable");
    await pass(1200 * INTERVAL_S);
    server.behave("well");
    const instants: number[] = [];
    server.behave((report) => {
      if (report.lane === "backfill") instants.push(platform.clock.monotonicMs());
      return "well";
    });
    await pass(10 * INTERVAL_S);
    expect(backfillOf(server.stored).map(({ samples }) => samples.length)).toEqual([500, 500, 200]);
    expectGapless(server.stored);
    const order = instantsOf(backfillOf(server.stored));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    const [first = 0, second = 0, third = 0] = instants;
    expect(second - first).toBe(INTERVAL_S * 500);
    expect(third - second).toBe(INTERVAL_S * 500);
  });

  it("does not get reports of a thousand machines in the same second", async () => {
    const seconds: number[] = [];
    for (let machine = 0; machine < 40; machine += 1) {
      const { server, platform, pass } = await startAgent(createFakePlatform(), createMemoryServer(), {
        random: () => (machine * 0.618) % 1,
      });
      server.behave("unreachable");
      await pass(3 * INTERVAL_S);
      server.behave((report) => {
        if (report.lane === "backfill") seconds.push(Math.floor(platform.clock.monotonicMs() / 1000));
        return "well";
      });
      await pass(6 * INTERVAL_S);
    }
    expect(seconds).toHaveLength(40);
    expect(new Set(seconds).size).toBeGreaterThan(30);
    expect(Math.max(...seconds) - Math.min(...seconds)).toBeGreaterThan(100);
  });
});

describe("a report whose outcome is unknown", () => {
  it("is sent again under the same number with the same bytes", async () => {
    const { server, pass } = await startAgent();
    server.behave("unanswered");
    await pass(INTERVAL_S);
    server.behave("well");
    await pass(4 * INTERVAL_S);
    const second = server.requests.filter(({ report }) => report.lane === "live" && report.sequence === 2);
    expect(second.length).toBeGreaterThan(1);
    expect(new Set(second.map(({ body }) => body)).size).toBe(1);
    expect(second.map(({ options }) => options.isResent)).toEqual([
      false,
      ...Array(second.length - 1).fill(true),
    ]);
    expect(server.conflicts).toHaveLength(0);
    expectGapless(server.stored);
  });

  it("is sent before newer ones, whose samples wait in the spool meanwhile", async () => {
    const { server, pass, agent } = await startAgent();
    server.behave("lost");
    await pass(3 * INTERVAL_S);
    expect(agent.status().reporting?.spool.samples).toBe(2);
    server.behave("well");
    await pass(6 * INTERVAL_S);
    expect(liveOf(server.stored).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expectGapless(server.stored);
  });

  it("survives the end of the process", async () => {
    for (const manner of ["lost", "unanswered"] as const) {
      const before = await startAgent();
      before.server.behave(manner);
      await before.pass(INTERVAL_S);
      const pending = before.server.requests.at(-1)?.body;
      before.server.behave("well");
      const { server, pass } = await before.crashAndStart();
      await pass(STARTED_S);
      const again = server.requests.filter(({ body }) => body === pending);
      expect(again.length).toBeGreaterThan(1);
      expect(server.conflicts).toHaveLength(0);
      expect(new Set(instantsOf(server.stored)).size).toBe(instantsOf(server.stored).length);
    }
  });

  it("is sent again with the same bytes after the process ended if it has history, and its samples are not sent a second time", async () => {
    const before = await startAgent();
    before.server.behave("unreachable");
    await before.pass(10 * INTERVAL_S);
    before.server.behave((report) => (report.lane === "backfill" ? "unanswered" : "well"));
    await before.pass(6 * INTERVAL_S);
    expect(backfillOf(before.server.stored)).toHaveLength(1);
    before.server.behave("well");
    const { server, pass, agent } = await before.crashAndStart();
    await pass(8 * INTERVAL_S);
    expect(backfillOf(server.stored)).toHaveLength(1);
    expect(new Set(instantsOf(server.stored)).size).toBe(instantsOf(server.stored).length);
    expect(agent.status().reporting?.spool.samples).toBe(0);
  });
});

describe("the numbering", () => {
  it("continues after a restart in the same epoch", async () => {
    const before = await startAgent();
    await before.pass(2 * INTERVAL_S);
    const { server, pass } = await before.crashAndStart();
    await pass(STARTED_S + INTERVAL_S);
    expect(new Set(server.stored.map(({ epoch }) => epoch)).size).toBe(1);
    expect(server.stored.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
  });

  it("restarts when its file is lost or torn", async () => {
    for (const text of [null, '{"v":1,"epoch":"abc', "{}", "[]"]) {
      const before = await startAgent();
      if (text === null) await before.platform.files.remove(HOME.outbox);
      else await before.platform.files.replace(HOME.outbox, text, { sync: false });
      const { server, pass } = await before.crashAndStart();
      await pass(STARTED_S);
      expect(new Set(server.stored.map(({ epoch }) => epoch)).size).toBe(2);
      expect(server.stored.at(-1)?.sequence).toBe(1);
      expect(server.conflicts).toHaveLength(0);
    }
  });

  it("restarts after a conflict, and the report that met it is stored", async () => {
    const before = await startAgent();
    const stale = await before.platform.files.read(HOME.outbox);
    await before.pass(3 * INTERVAL_S);
    await before.platform.files.replace(HOME.outbox, stale ?? "", { sync: false });
    const { server, pass, logged } = await before.crashAndStart();
    await pass(STARTED_S + INTERVAL_S);
    expect(server.conflicts).toHaveLength(1);
    expect(server.stored.at(-1)?.epoch).not.toBe(server.stored[0]?.epoch);
    expect(logged.join()).toContain("numbering starts again");
    expect(instantsOf(server.stored)).toHaveLength(6);
  });

  it("is renewed at most twice in a row for one report", async () => {
    const { server, pass } = await startAgent();
    server.behave("conflict");
    const before = server.requests.length;
    await pass(INTERVAL_S);
    expect(server.requests.length - before).toBe(2);
    server.behave("well");
    await pass(6 * INTERVAL_S);
    expectGapless(server.stored);
  });
});

describe("a report that the server does not take", () => {
  it("is not sent again, and its sample is sent without facts and inventory", async () => {
    const { server, pass } = await makeAgent().then(async (made) => {
      made.server.behave((report) => (report.facts ? "refused" : "well"));
      await made.agent.start();
      await made.pass(STARTED_S);
      return made;
    });
    await pass(8 * INTERVAL_S);
    expect(server.stored.every(({ facts }) => facts === undefined)).toBe(true);
    expectGapless(server.stored);
  });

  it("loses only the sample that is refused, however many wait with it", async () => {
    const { server, platform, pass } = await startAgent();
    server.behave("unreachable");
    await pass(20 * INTERVAL_S);
    const poisoned = platform.clock.wallMs() - 10 * INTERVAL_S * 1000;
    const isPoisoned = ({ at }: { at: number }) => Math.abs(at - poisoned) < INTERVAL_S * 500;
    server.behave((report) => (report.samples.some(isPoisoned) ? "refused" : "well"));
    await pass(60 * INTERVAL_S);
    const instants = instantsOf(server.stored);
    expect(instants.filter((at) => isPoisoned({ at }))).toHaveLength(0);
    expect(instants).toHaveLength(80);
    expect(new Set(instants).size).toBe(80);
  });
});

describe("a disk that cannot be written", () => {
  it("does not stop live reports", async () => {
    const { server, platform, pass, logged } = await startAgent();
    platform.files.failWrites("ENOSPC");
    await pass(3 * INTERVAL_S);
    expect(server.stored.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(logged.filter((line) => line.includes("ERROR"))).toHaveLength(1);
  });

  it("is shown in the status while samples cannot be stored, and they count as dropped", async () => {
    const { server, agent, platform, pass } = await startAgent();
    server.behave("unreachable");
    platform.files.failWrites("ENOSPC");
    await pass(3 * INTERVAL_S);
    expect(agent.status().reporting?.spool).toMatchObject({ samples: 0, dropped: 3, isBlocked: true });
    platform.files.failWrites(null);
    await pass(INTERVAL_S);
    expect(agent.status().reporting?.spool).toMatchObject({ samples: 1, dropped: 3, isBlocked: false });
    server.behave("well");
    await pass(6 * INTERVAL_S);
    expect(server.conflicts).toHaveLength(0);
  });

  it("starts a new epoch and loses no sample if the numbering is stale after a restart", async () => {
    const before = await startAgent();
    before.platform.files.failWrites("ENOSPC");
    await before.pass(3 * INTERVAL_S);
    before.platform.files.failWrites(null);
    const { server, pass } = await before.crashAndStart();
    await pass(STARTED_S + INTERVAL_S);
    expect(instantsOf(server.stored)).toHaveLength(6);
    expect(new Set(instantsOf(server.stored)).size).toBe(6);
  });
});

describe("a wall clock that was wrong", () => {
  it("is corrected in the samples of this boot that waited", async () => {
    const { server, platform, pass } = await startAgent();
    server.behave("unreachable");
    platform.clock.setWall(Date.UTC(1970, 0, 2));
    await pass(5 * INTERVAL_S);
    platform.clock.setWall(Date.UTC(2027, 5, 1));
    server.behave("well");
    await pass(6 * INTERVAL_S);
    const [late] = backfillOf(server.stored);
    expect(late?.samples).toHaveLength(5);
    const ages = (late?.samples ?? []).map(({ at }) => Date.UTC(2027, 5, 1) - at);
    expect(ages.every((age) => age >= 0 && age <= 6 * INTERVAL_S * 1000)).toBe(true);
  });

  it("does not change the samples of an earlier boot", async () => {
    const before = await startAgent();
    before.server.behave("unreachable");
    await before.pass(2 * INTERVAL_S);
    before.platform.clock.setWall(before.platform.clock.wallMs() + 3_600_000);
    await before.pass(2 * INTERVAL_S);
    before.platform.machine.bootId = "11111111-0000-4000-8000-000000000000";
    before.server.behave("well");
    const { server, pass } = await before.crashAndStart();
    await pass(8 * INTERVAL_S);
    expectGaplessWithin(backfillOf(server.stored));
  });
});

function expectGaplessWithin(reports: readonly Report[]): void {
  const instants = instantsOf(reports);
  expect(instants).toHaveLength(4);
  expect(Math.max(...instants) - Math.min(...instants)).toBe(3 * INTERVAL_S * 1000);
}
