import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ActingWorld, startActingWorld } from "../harness/acting-world.ts";

let world: ActingWorld;
beforeAll(async () => {
  world = await startActingWorld();
});
afterAll(() => world.remove());

describe("an action on a real agent and a real server", () => {
  it("is done once, and told", async () => {
    const machine = await world.makeMachine();
    machine.start();
    const id = await world.queue(await machine.deviceId(), "message", { title: "Hello", text: "World" });
    const done = await world.until(id, ({ state }) => state === "done");
    expect(done.steps.map(({ step }) => step)).toEqual(["asked", "delivered", "started", "shown", "ended"]);
    expect(await machine.executions()).toEqual(["message Hello"]);
  });
});
