import { describe, expect, it } from "vitest";
import { refreshInventoryHandler, restartHandler } from "./agent.handler.ts";
import { cancelRebootHandler } from "./reboot.handler.ts";
import { makeJob } from "../../../../../tests/harness/action-job.ts";

describe("cancel-reboot", () => {
  it("reports whether there was a reboot, and ends the one that was counting down", async () => {
    const { job, host, platform } = makeJob();
    let told = 0;
    const callOff = () => {
      told += 1;
    };
    host.countdowns.add({ isWithSystem: () => true, callOff });
    expect(await cancelRebootHandler.run({}, job, host)).toEqual({
      outcome: "done",
      result: { wasScheduled: false },
    });
    expect(told).toBe(0);
    await platform.reboots.schedule({ delayMinutes: 1, message: "" });
    expect(await cancelRebootHandler.run({}, job, host)).toEqual({
      outcome: "done",
      result: { wasScheduled: true },
    });
    expect([told, platform.reboots.waiting()]).toEqual([1, null]);
  });

  it("cancels a reboot that only the agent counts down, whatever the system reports", async () => {
    const { job, host, platform } = makeJob();
    const calledOff: string[] = [];
    host.countdowns.add({ isWithSystem: () => false, callOff: () => calledOff.push("planned") });
    platform.reboots.fail("not permitted");
    expect(await cancelRebootHandler.run({}, job, host)).toEqual({
      outcome: "done",
      result: { wasScheduled: true },
    });
    expect(calledOff).toEqual(["planned"]);
  });

  it("is an error when the system refuses", async () => {
    const { job, host, platform } = makeJob();
    platform.reboots.fail("not permitted");
    expect(await cancelRebootHandler.run({}, job, host)).toMatchObject({
      code: "failed",
      message: "not permitted",
    });
  });
});

describe("refresh-inventory", () => {
  it("is an error when the inventory cannot be read", async () => {
    const { job, host } = makeJob({ refreshInventory: async () => ({ kind: "skip", reason: "it hangs" }) });
    expect(await refreshInventoryHandler.run({}, job, host)).toMatchObject({
      message: "The inventory cannot be read: it hangs",
    });
  });
});

describe("restart", () => {
  it("is not supported where nothing can restart the agent", async () => {
    const { job, host } = makeJob();
    expect(await restartHandler.run({}, job, host)).toMatchObject({ code: "not-supported" });
  });

  it("is completed by the next run", async () => {
    const { job, host } = makeJob({ restartAgent: () => undefined });
    expect(await restartHandler.run({}, job, host)).toEqual({ outcome: "unfinished" });
    expect(await restartHandler.resume?.({}, job, host)).toEqual({
      outcome: "done",
      result: { agentVersion: "0.1.0" },
    });
  });
});
