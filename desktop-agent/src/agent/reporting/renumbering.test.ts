import { createPublicKey, verify } from "node:crypto";
import { join } from "node:path";
import type { SignedStatement } from "@muster/shared/contracts/action-delivery.ts";
import { EpochChange } from "@muster/shared/contracts/epoch.ts";
import type { Report } from "@muster/shared/contracts/report.ts";
import { describe, expect, it } from "vitest";
import { HOME, INTERVAL_S, makeAgent, storeIdentity } from "../../../../tests/harness/fake-agent.ts";
import { createMemoryServer } from "../../../../tests/harness/memory-server.ts";
import { createFakePlatform } from "../../platform/fake/fake-platform.ts";

const KEY = join(HOME.root, "device-key-0000000000000000.pem");

async function startAgent() {
  const platform = createFakePlatform();
  await storeIdentity(platform);
  const server = createMemoryServer();
  const changes: EpochChange[] = [];
  server.keepMarks((change) => {
    const key = createPublicKey(platform.files.contents.get(KEY) ?? "");
    changes.push(decode(change));
    return verify(
      null,
      Buffer.from(change.statement, "base64url"),
      key,
      Buffer.from(change.signature, "base64url"),
    );
  });
  const made = await makeAgent(platform, server);
  await made.agent.start();
  await made.pass(2);
  return { ...made, changes };
}

const decode = ({ statement }: SignedStatement) =>
  EpochChange.parse(JSON.parse(Buffer.from(statement, "base64url").toString()));

const instantsOf = (reports: readonly Report[]) =>
  reports.flatMap(({ samples }) => samples.map(({ at }) => at));

/** Whatever was sampled is stored, each once. */
function expectEverySample(reports: readonly Report[]): void {
  const instants = instantsOf(reports).toSorted((a, b) => a - b);
  const steps = instants.slice(1).map((at, index) => at - (instants[index] ?? 0));
  // The sample that follows a restart comes two seconds after the last one.
  expect(steps.filter((step) => step !== INTERVAL_S * 1000 && step !== 2000)).toEqual([]);
  expect(steps).not.toContain(0);
}

/** The disk goes back to what it was some reports ago, as a restored snapshot's does. */
async function restoreSnapshot(reports: number) {
  const before = await startAgent();
  const snapshot = before.platform.files.contents.get(HOME.outbox) ?? "";
  await before.pass(reports * INTERVAL_S);
  await before.platform.files.replace(HOME.outbox, snapshot, { sync: false });
  const next = await before.crashAndStart();
  await next.pass(2);
  return { ...next, changes: before.changes, snapshot };
}

describe("a numbering that the server has passed", () => {
  it("restarts with a statement that names both epochs and the server's nonce", async () => {
    const { server, changes, pass, snapshot } = await restoreSnapshot(40);
    await pass(5 * INTERVAL_S);
    const { epoch } = JSON.parse(snapshot) as { epoch: string };
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ says: "epoch", from: { epoch, sequence: 41 } });
    expect(changes[0]?.nonce).toMatch(/^nonce-/);
    expect(server.stored.at(-1)?.epoch).toBe(changes[0]?.to);
  });

  it("loses no sample, and continues from there", async () => {
    const { server, pass } = await restoreSnapshot(3);
    const before = server.requests.length;
    await pass(5 * INTERVAL_S);
    expectEverySample(server.stored);
    expect(server.requests.length - before).toBe(5);
  });

  it("sends the statement with each report until one is delivered, also after a crash", async () => {
    const { server, pass, crashAndStart } = await restoreSnapshot(3);
    server.behave((report) => (report.epochChange ? "lost" : "well"));
    await pass(2 * INTERVAL_S);
    server.behave("well");
    const { server: again, pass: passAgain } = await crashAndStart();
    await passAgain(6 * INTERVAL_S);
    expectEverySample(again.stored);
    expect(again.stored.filter(({ epochChange }) => epochChange).length).toBeLessThanOrEqual(2);
    expect(again.stored.at(-1)?.epochChange).toBeUndefined();
  });

  it("is renewed at most twice in a row, and again by the next report", async () => {
    const { server, pass } = await startAgent();
    server.behave("behind");
    const before = server.requests.length;
    await pass(INTERVAL_S);
    expect(server.requests.length - before).toBe(2);
    await pass(INTERVAL_S);
    expect(server.requests.length - before).toBe(3);
    server.behave("well");
    await pass(8 * INTERVAL_S);
    expectEverySample(server.stored);
  });

  it("includes waiting history, whichever lane learns of it", async () => {
    for (const lane of ["live", "backfill"] as const) {
      const { server, pass } = await startAgent();
      server.behave("unreachable");
      await pass(10 * INTERVAL_S);
      let answered = 0;
      server.behave((report) => (report.lane === lane && answered++ < 1 ? "behind" : "well"));
      await pass(12 * INTERVAL_S);
      expectEverySample(server.stored);
      expect(new Set(server.stored.slice(-4).map(({ epoch }) => epoch)).size).toBe(1);
    }
  });

  it("is renewed unsigned if the device's key is lost, a limited number of times", async () => {
    const before = await startAgent();
    await before.platform.files.remove(KEY);
    const { server, pass, agent } = await before.crashAndStart();
    server.behave("behind");
    const asked = server.requests.length;
    await pass(10 * INTERVAL_S);
    expect(server.requests.length - asked).toBeLessThanOrEqual(12);
    expect(agent.status().reporting?.spool.samples).toBeGreaterThan(0);
  });
});
