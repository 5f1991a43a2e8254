import { parseOptions } from "@node-rs/argon2";
import { describe, expect, it } from "vitest";
import { createPasswordHasher } from "./password-hasher.ts";

const PASSWORD = "kettle-orbit-mango";

describe("a password hasher", () => {
  it("makes argon2id hashes of the agreed cost, each with a salt of its own", async () => {
    const { hash } = createPasswordHasher();
    const [first, second] = await Promise.all([hash(PASSWORD), hash(PASSWORD)]);
    expect(first).not.toBe(second);
    expect(first).toMatch(/^\$argon2id\$/);
    expect(parseOptions(first)).toMatchObject({ memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  });

  it("knows the right password from a wrong one, and none from nobody's", async () => {
    const { hash, verify } = createPasswordHasher();
    const passwordHash = await hash(PASSWORD);
    expect(await verify(passwordHash, PASSWORD)).toBe(true);
    expect(await verify(passwordHash, `${PASSWORD} `)).toBe(false);
    expect(await verify(null, "a password that nobody has")).toBe(false);
  });

  it("works as long for nobody as for somebody", async () => {
    const { hash, verify } = createPasswordHasher();
    const passwordHash = await hash(PASSWORD);
    const times = { nobody: [] as number[], somebody: [] as number[] };
    await verify(null, "not it at all");
    // In turns, so that whatever else slows the machine down slows both.
    for (let round = 0; round < 15; round += 1) {
      times.nobody.push(await timeOf(() => verify(null, "not it at all")));
      times.somebody.push(await timeOf(() => verify(passwordHash, "not it at all")));
    }
    const ratio = medianOf(times.nobody) / medianOf(times.somebody);
    expect(ratio).toBeGreaterThan(0.4);
    expect(ratio).toBeLessThan(2.5);
  });

  it("lets so many wait and refuses the rest, then goes on", async () => {
    const { hash } = createPasswordHasher({ concurrency: 1, maxQueued: 2 });
    const tries = await Promise.allSettled([hash("a"), hash("b"), hash("c"), hash("d"), hash("e")]);
    expect(tries.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "fulfilled",
      "rejected",
      "rejected",
    ]);
    expect(tries[3]).toMatchObject({ reason: { code: "unavailable", retryAfterS: 5 } });
    await expect(hash("f")).resolves.toBeDefined();
  });
});

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function medianOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
