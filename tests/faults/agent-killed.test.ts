import { setTimeout as passes } from "node:timers/promises";
import { describe, expect, inject, it, type TestContext } from "vitest";
import { type AgentHomeFolder, makeAgentHomeFolder } from "../harness/agent-process.ts";
import {
  type AgentServer,
  type Behaviour,
  type Received,
  startAgentServer,
} from "../harness/agent-server.ts";

const LIVES = inject("isFullRun") ? 30 : 5;

async function setUp({
  onTestFinished,
}: TestContext): Promise<{ server: AgentServer; home: AgentHomeFolder }> {
  const server = await startAgentServer({ intervalS: 1 });
  onTestFinished(() => server.close());
  const home = await makeAgentHomeFolder();
  onTestFinished(() => home.remove());
  expect((await home.enrol(server.url)).code).toBe(0);
  return { server, home };
}

type Reporting = { reporting: { spool: { samples: number } } | null };

async function spooledSamples(home: AgentHomeFolder): Promise<number> {
  const { reporting } = (await home.ask("status")).data as Reporting;
  return reporting?.spool.samples ?? 0;
}

async function untilSpooled(home: AgentHomeFolder, samples: number): Promise<void> {
  while ((await spooledSamples(home)) < samples);
}

/** Waits until the spool of the running agent is empty and its last report got through. */
async function untilDrained(home: AgentHomeFolder, server: AgentServer): Promise<void> {
  for (;;) {
    const { length } = server.stored;
    await server.until((stored) => stored.length > length);
    const { reporting } = (await home.ask("status")).data as {
      reporting: { spool: { samples: number } } | null;
    };
    if (reporting?.spool.samples === 0) return;
  }
}

const instantsOf = (stored: readonly Received[]) =>
  stored.flatMap(({ report }) => report.samples.map(({ at }) => at));

/** Numbers of each lane of each epoch, in order. */
function numbersOf(stored: readonly Received[]): Map<string, number[]> {
  const numbers = new Map<string, number[]>();
  for (const { report } of stored) {
    const key = `${report.epoch} ${report.lane}`;
    numbers.set(key, [...(numbers.get(key) ?? []), report.sequence]);
  }
  return numbers;
}

function expectNothingLostNorDoubled(server: AgentServer): void {
  expect(server.conflicts).toEqual([]);
  for (const [, numbers] of numbersOf(server.stored)) {
    expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1));
  }
  const instants = instantsOf(server.stored);
  expect(new Set(instants).size).toBe(instants.length);
}

describe.concurrent("an agent that is killed again and again", () => {
  it("loses no report and sends none twice, whatever happens to the answers", async (context) => {
    const { server, home } = await setUp(context);
    const manners: Behaviour[] = ["well", "cut-after", "well", "cut-before", "cut-after", "well", 500];
    server.behave((nth) => manners[nth % manners.length] ?? "well");
    for (let life = 0; life < LIVES; life += 1) {
      const agent = home.start(["run"]);
      const { length } = server.received;
      await server.until(() => server.received.length > length + 1);
      // Another moment of the second in each life: between sample, writing, sending and answer.
      await passes((life * 137) % 1000);
      await agent.kill();
    }
    server.behave(() => "well");
    const agent = home.start(["run"]);
    await untilDrained(home, server);
    await agent.stop();
    expect(new Set(server.stored.map(({ report }) => report.epoch)).size).toBe(1);
    expectNothingLostNorDoubled(server);
  });

  it("keeps what it measured while the server did not answer", async (context) => {
    const { server, home } = await setUp(context);
    const first = home.start(["run"]);
    await server.until((stored) => stored.length > 1);
    server.behave(() => "hold");
    await untilSpooled(home, 2);
    await first.kill();
    server.behave(() => "well");
    const second = home.start(["run"]);
    await untilDrained(home, server);
    await second.stop();
    expect(server.stored.some(({ report }) => report.lane === "backfill")).toBe(true);
    expectNothingLostNorDoubled(server);
  });
});
