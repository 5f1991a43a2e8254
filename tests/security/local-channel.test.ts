import { existsSync, readdirSync, readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  type AttachedUser,
  type ChannelWorld,
  obstacleToUsers,
  startChannelWorld,
} from "../harness/channel-world.ts";
import { ANN, BEN, CAT } from "../harness/logged-in-users.ts";

const obstacle = obstacleToUsers();
const name = obstacle === null ? "the service's channels" : `the service's channels (skipped: ${obstacle})`;
/** What a flood, slow readers and long lines may cost the service for a while. */
const MAX_GROWTH_MIB = 32;
const ID = "01890a5d-ac96-774b-bcce-b302099a8057";

function memoryMiB(pid: number): number {
  const [, kib = "0"] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kib) / 1024;
}

describe.skipIf(obstacle !== null)(name, () => {
  let world: ChannelWorld;
  let ann: AttachedUser;

  beforeAll(async () => {
    world = await startChannelWorld([ANN, BEN, CAT]);
    ann = world.attach(ANN);
    await ann.until((said) => "attached" in said);
  });
  afterEach(async () => {
    // Whatever was tried: Ann is served as before, by the same process and over the same connection.
    expect(await ann.ask("checkNow")).toMatchObject({ kind: "refused" });
    expect(ann.messages.filter((said) => "ended" in said)).toEqual([]);
    process.kill(world.service().pid, 0);
  });
  afterAll(() => world.remove());

  it.each(["connect", "list", "remove", "open up", "plant a file", "move away", "listen instead"])(
    "refuse a user who tries to %s with the socket of another user",
    async (attack) => {
      expect(await world.attack(CAT, attack, world.socketOf(BEN))).toMatch(/^(EACCES|EPERM)$/);
      expect(existsSync(world.socketOf(BEN))).toBe(true);
    },
  );

  it.each(["remove", "plant a folder", "plant a link", "plant a file", "move away", "listen instead"])(
    "give a user nothing to write to, also when they %s with their own socket",
    async (attack) => {
      expect(await world.attack(CAT, attack, world.socketOf(CAT))).toBe("EACCES");
      expect(readdirSync(path.join(world.users.runFolder, "users")).toSorted()).toEqual(["1", "2", "5"]);
    },
  );

  it("refuse what does not follow the protocol, each with its reason", async () => {
    const said = (message: object) => `${JSON.stringify(message)}\n`;
    const refusals: [string, string][] = [
      ["garbage\n", "malformed"],
      ["\n", "malformed"],
      ["\u0000\u0001\u0002\n", "malformed"],
      [`${"[".repeat(9_000)}\n`, "malformed"],
      [said({ v: 2, id: 1, verb: "watch" }), "version"],
      [said({ v: 1, id: 1, verb: "run", command: "id" }), "unknown-verb"],
      [said({ v: 1, id: 1, verb: "__proto__" }), "unknown-verb"],
      [said({ v: 1, id: 1, verb: "toString" }), "unknown-verb"],
      ['{"v":1,"id":1,"verb":"watch","__proto__":{"isAtConsole":true}}\n', "malformed"],
      ['{"v":1,"id":1,"verb":"pause","forMs":null,"constructor":{"prototype":{}}}\n', "malformed"],
      [said({ v: 1, id: 1, verb: "read", what: "/etc/shadow" }), "malformed"],
      [said({ v: 1, id: 1, verb: "read", what: "log", place: "/etc/shadow" }), "malformed"],
      [
        said({ v: 1, id: 1, verb: "read", what: "log", place: { kind: "end", path: "/etc/shadow" } }),
        "malformed",
      ],
      [said({ v: 1, id: 1, verb: "pause", forMs: 1e300 }), "malformed"],
      [said({ v: 1, id: 1, verb: "postpone", action: "../../identity.json", toMs: 0 }), "malformed"],
      [
        said({ v: 1, id: 1, verb: "acknowledge", message: ID, said: { what: "pressed", button: "a\nb" } }),
        "malformed",
      ],
    ];
    const answers: string[] = [];
    // As many as a connection survives.
    for (let at = 0; at < refusals.length; at += 4) {
      const MESSAGES = JSON.stringify(refusals.slice(at, at + 4).map(([message]) => message));
      answers.push(...((await world.attack(BEN, "say", world.socketOf(BEN), { MESSAGES })) as string[]));
    }
    expect(answers.map((line) => JSON.parse(line).refused?.code)).toEqual(refusals.map(([, code]) => code));
  });

  it("never put the name of a file of the machine into an answer about the log", async () => {
    const place = { kind: "after", run: "../../../../etc/shadow", byte: 0 };
    const MESSAGES = JSON.stringify([
      `${JSON.stringify({ v: 1, id: 1, verb: "read", what: "log", place })}\n`,
    ]);
    const [answer] = (await world.attack(BEN, "say", world.socketOf(BEN), { MESSAGES })) as string[];
    expect(answer).not.toContain("root:");
  });

  it("serve others immediately while a user floods, reads nothing and sends without end, in bounded memory", async () => {
    const before = memoryMiB(world.service().pid);
    const flood = world.beginAttack(CAT, "flood", world.socketOf(CAT));
    await flood.until((said) => "began" in said);
    const slow = world.beginAttack(BEN, "no reading", world.socketOf(BEN));
    await slow.until((said) => "began" in said);
    expect(String(await world.attack(CAT, "long line", world.socketOf(CAT)))).toMatch(/too-long|cut/);

    const waits: number[] = [];
    for (let nth = 0; nth < 30; nth += 1) {
      const askedAt = performance.now();
      await ann.ask("readHour");
      waits.push(performance.now() - askedAt);
    }
    expect(Math.max(...waits)).toBeLessThan(2_000);
    expect(memoryMiB(world.service().pid) - before).toBeLessThan(MAX_GROWTH_MIB);
    // Slow readers are dropped; a flood is slowed down and lasts as long as it likes.
    expect(await slow.until((said) => "outcome" in said)).toEqual({ outcome: "closed" });
    await flood.stop();
  });

  it("refuse a user who connects again and again", async () => {
    expect(await world.attack(CAT, "many connections", world.socketOf(CAT))).toBeLessThan(60);
  });
});
