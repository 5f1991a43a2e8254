import { describe, expect, it } from "vitest";
import { createFakePlatform } from "../../platform/fake/fake-platform.ts";
import { createAgentHome } from "./agent-home.ts";
import { findRunningAgent, takeRunLock } from "./run-lock.ts";

const home = createAgentHome("/home");

function setUp() {
  const { files, processes, machine } = createFakePlatform();
  machine.processes.set(10, "first").set(20, "second");
  return { files, processes, machine, take: (pid: number) => takeRunLock(files, processes, home, pid) };
}

describe("takeRunLock", () => {
  it("lets one agent use a home folder, and the next one after it", async () => {
    const { files, processes, take } = setUp();
    const held = await take(10);
    expect(await take(20)).toEqual({ kind: "taken", pid: 10 });
    expect(await findRunningAgent(files, processes, home)).toBe(10);
    if (held.kind === "held") await held.release();
    expect(await findRunningAgent(files, processes, home)).toBeNull();
    expect((await take(20)).kind).toBe("held");
  });

  it("lets one of two agents that start at the same time run", async () => {
    const { files, processes, take } = setUp();
    const outcomes = await Promise.all([take(10), take(20)]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(["held", "taken"]);
    const holder = outcomes[0]?.kind === "held" ? 10 : 20;
    expect(await findRunningAgent(files, processes, home)).toBe(holder);
  });

  it("takes over from a process that ended, also when its number is used again", async () => {
    const { machine, take } = setUp();
    await take(10);
    machine.processes.set(10, "somebody else");
    expect((await take(20)).kind).toBe("held");
    machine.processes.delete(20);
    expect((await take(10)).kind).toBe("held");
  });

  it("treats a torn lock as free", async () => {
    const { files, take } = setUp();
    await files.replace(home.lock, '{"pid":', { sync: false });
    expect((await take(20)).kind).toBe("held");
  });
});
