import { parseOptions } from "@node-rs/argon2";
import { describe, expect, it } from "vitest";
import { createPasswordHasher } from "./password-hasher.ts";

const PASSWORD = "kettle-orbit-mango";
const turn = { share: "sign-in", key: "somebody" } as const;

describe("a password hasher", () => {
  it("creates argon2id hashes of the specified cost, each with its own salt", async () => {
    const { hash } = createPasswordHasher();
    const [first, second] = await Promise.all([hash(PASSWORD, turn), hash(PASSWORD, turn)]);
    expect(first).not.toBe(second);
    expect(first).toMatch(/^\$argon2id\$/);
    expect(parseOptions(first)).toMatchObject({ memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  });

  it("distinguishes the right password from a wrong one, and rejects any password of an unknown user", async () => {
    const { hash, verify } = createPasswordHasher();
    const passwordHash = await hash(PASSWORD, turn);
    expect(await verify(passwordHash, PASSWORD, turn)).toBe(true);
    expect(await verify(passwordHash, `${PASSWORD} `, turn)).toBe(false);
    expect(await verify(null, "a password that nobody has", turn)).toBe(false);
  });

  it("takes as long for an unknown user as for a known one", async () => {
    const { hash, verify } = createPasswordHasher();
    const passwordHash = await hash(PASSWORD, turn);
    const times = { nobody: [] as number[], somebody: [] as number[] };
    await verify(null, "not it at all", turn);
    // In turns, so that whatever else slows the machine down slows both.
    for (let round = 0; round < 15; round += 1) {
      times.nobody.push(await timeOf(() => verify(null, "not it at all", turn)));
      times.somebody.push(await timeOf(() => verify(passwordHash, "not it at all", turn)));
    }
    const ratio = medianOf(times.nobody) / medianOf(times.somebody);
    expect(ratio).toBeGreaterThan(0.4);
    expect(ratio).toBeLessThan(2.5);
  });

  it("reserves a share for sign-ins and for known browsers, however long the queue of others is", async () => {
    const { hash } = createPasswordHasher({ maxQueued: 2, maxQueuedPerKey: 2 });
    const changes = Array.from({ length: 60 }, () => hash("a", { share: "change", key: "viewer" }));
    const strangers = Array.from({ length: 60 }, (_, index) =>
      hash("a", { share: "sign-in", key: `address ${index}` }),
    );
    const others = Promise.allSettled([...changes, ...strangers]);
    await expect(hash("b", { share: "known-browser", key: "owner" })).resolves.toBeDefined();
    const settled = await others;
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(6);
    await expect(hash("c", { share: "sign-in", key: "owner" })).resolves.toBeDefined();
  });

  it("does not let a user wait behind the many requests of another one", async () => {
    const { hash } = createPasswordHasher();
    const order: string[] = [];
    const run = (key: string) => hash("a", { share: "change", key }).then(() => order.push(key));
    await Promise.all([run("greedy"), run("greedy"), run("greedy"), run("greedy"), run("modest")]);
    expect(order.indexOf("modest")).toBeLessThan(3);
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
