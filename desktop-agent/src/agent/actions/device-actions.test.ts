import { describe, expect, it } from "vitest";
import { type ActionDevice, startActionDevice } from "../../../../tests/harness/action-device.ts";
import { HOME } from "../../../../tests/harness/fake-agent.ts";
import { foldLines } from "./journal-entry.ts";

const MESSAGE = { title: "Hello", text: "World" };

const stepsOf = ({ actions }: ActionDevice, id: string) => actions.steps(id).map(({ step }) => step);

async function ended(device: ActionDevice, id: string) {
  await device.eventually(() =>
    expect(["done", "error", "cancelled"]).toContain(device.actions.row(id).state),
  );
  return device.actions.row(id);
}

async function reaches(device: ActionDevice, id: string, step: string): Promise<void> {
  await device.eventually(() => expect(stepsOf(device, id)).toContain(step));
}

function journalOf({ platform }: ActionDevice) {
  return foldLines(platform.files.contents.get(HOME.actions) ?? "");
}

describe("work", () => {
  it("is done after a nudge, and every step is reported", async () => {
    const device = await startActionDevice();
    const id = device.actions.queue("message", MESSAGE);
    device.actions.nudge();
    await ended(device, id);
    expect(stepsOf(device, id)).toEqual(["asked", "delivered", "started", "shown", "ended"]);
    expect(device.platform.messages.shown).toMatchObject([MESSAGE]);
    await device.eventually(() => expect(journalOf(device).get(id)?.reported?.isTaken).toBe(true));
  });

  it("is claimed when the stream opens, or after the answer to a report where there is no stream", async () => {
    const device = await startActionDevice();
    expect(device.actions.claims()).toBe(1);
    device.server.answerWith({ waitingActions: 1 });
    const id = device.actions.queue("message", MESSAGE);
    await device.nextReport();
    expect((await ended(device, id)).state).toBe("done");
  });

  it("takes several claims when one cannot hold it", async () => {
    const device = await startActionDevice();
    const ids = Array.from({ length: 23 }, () => device.actions.queue("message", MESSAGE));
    device.actions.nudge();
    for (const id of ids) expect((await ended(device, id)).state).toBe("done");
    expect(device.platform.messages.shown).toHaveLength(23);
  });

  it("is not claimed while the user has paused the agent, and is claimed after the pause", async () => {
    const device = await startActionDevice();
    await device.agent.pause(null);
    expect(device.actions.isStreamHeld()).toBe(false);
    const id = device.actions.queue("message", MESSAGE);
    const before = device.actions.claims();
    device.server.answerWith({ waitingActions: 1 });
    await device.pass(900);
    expect(device.actions.claims()).toBe(before);
    await device.agent.resume();
    expect((await ended(device, id)).state).toBe("done");
  });

  it("is not started during a pause if it was claimed before, but after it", async () => {
    const device = await startActionDevice();
    device.actions.behave((says) => (says === "start" ? "unreachable" : "well"));
    const id = device.actions.queue("message", MESSAGE);
    device.actions.nudge();
    await device.eventually(() => expect(journalOf(device).has(id)).toBe(true));
    await device.agent.pause(20_000);
    device.actions.behave(() => "well");
    await device.pass(10);
    expect(device.actions.row(id).state).toBe("delivered");
    await device.pass(12);
    expect((await ended(device, id)).state).toBe("done");
  });

  it("is requested immediately by the stream when the server is found again, and not with every report", async () => {
    const device = await startActionDevice();
    const before = device.actions.streamTries();
    await device.nextReport();
    device.server.behave("unreachable");
    await device.nextReport();
    expect(device.actions.streamTries()).toBe(before);
    device.server.behave("well");
    await device.nextReport();
    await device.nextReport();
    expect(device.actions.streamTries()).toBe(before + 1);
  });

  it("is not claimed by a device that was revoked or has sent its last word", async () => {
    const revoked = await startActionDevice();
    revoked.server.behave("revoked");
    await revoked.nextReport();
    expect(revoked.actions.isStreamHeld()).toBe(false);
    const asleep = await startActionDevice();
    asleep.platform.power.sleep();
    await asleep.pass(0);
    expect(asleep.actions.isStreamHeld()).toBe(false);
    asleep.platform.power.wake();
    await asleep.pass(1);
    expect(asleep.actions.isStreamHeld()).toBe(true);
  });

  it("is refused if the administrator of the machine forbids its type, although it is signed", async () => {
    const device = await startActionDevice();
    device.platform.machine.allowedActions = { kind: "text", text: '{"allowed":["message"]}' };
    const reboot = device.actions.queue("reboot");
    const message = device.actions.queue("message", MESSAGE);
    device.actions.nudge();
    expect(await ended(device, reboot)).toMatchObject({ state: "error", error_code: "forbidden-by-device" });
    expect((await ended(device, message)).state).toBe("done");
    expect(device.platform.reboots.scheduled).toEqual([]);
  });

  it("is refused while the administrator's file cannot be trusted", async () => {
    const device = await startActionDevice();
    device.platform.machine.allowedActions = { kind: "unusable", reason: "is not owned by root" };
    const id = device.actions.queue("message", MESSAGE);
    device.actions.nudge();
    expect(await ended(device, id)).toMatchObject({
      error_code: "forbidden-by-device",
      error_message: expect.stringContaining("is not owned by root"),
    });
    expect(device.platform.messages.shown).toEqual([]);
  });

  it("is refused while the journal cannot be written", async () => {
    const device = await startActionDevice();
    device.platform.files.failWrites("ENOSPC");
    const id = device.actions.queue("message", MESSAGE);
    device.actions.nudge();
    expect(await ended(device, id)).toMatchObject({ state: "error", error_code: "journal-unwritable" });
    expect(device.platform.messages.shown).toEqual([]);
  });

  it("is refused when the journal can no longer be written after the server allowed the start", async () => {
    const device = await startActionDevice();
    device.actions.afterStatement(({ says }) => {
      if (says === "start") device.platform.files.failWrites("ENOSPC");
    });
    const id = device.actions.queue("message", MESSAGE);
    device.actions.nudge();
    expect(await ended(device, id)).toMatchObject({ state: "error", error_code: "journal-unwritable" });
    expect(device.platform.messages.shown).toEqual([]);
  });
});

describe("a bad network", () => {
  it("delays the result if it fails after the execution; the result is sent with the same bytes", async () => {
    const device = await startActionDevice();
    device.actions.behave((says) => (says === "result" ? "unanswered" : "well"));
    const id = device.actions.queue("message", MESSAGE);
    device.actions.nudge();
    await ended(device, id);
    device.actions.behave(() => "well");
    await device.nextReport();
    await device.eventually(() => expect(journalOf(device).get(id)?.reported?.isTaken).toBe(true));
    const results = device.actions.statements.filter(({ statement }) => statement.says === "result");
    expect(results.length).toBeGreaterThan(1);
    expect(new Set(results.map(({ bytes }) => bytes)).size).toBe(1);
    expect(device.platform.messages.shown).toHaveLength(1);
  });

  it("has the start requested again if its answer is lost, and the action done once", async () => {
    const device = await startActionDevice();
    device.actions.behave((says) => (says === "start" ? "unanswered" : "well"));
    const id = device.actions.queue("message", MESSAGE);
    device.actions.nudge();
    await reaches(device, id, "started");
    expect(device.platform.messages.shown).toEqual([]);
    device.actions.behave(() => "well");
    await device.nextReport();
    expect((await ended(device, id)).state).toBe("done");
    expect(device.platform.messages.shown).toHaveLength(1);
  });

  it("has the action refused if the answer to the start arrives after the order expired", async () => {
    const device = await startActionDevice();
    device.actions.behave((says) =>
      says === "start" ? "unanswered" : says === "claim" ? "well" : "unreachable",
    );
    const id = device.actions.queue("reboot");
    device.actions.nudge();
    await reaches(device, id, "started");
    device.platform.clock.sleep(3_600_000);
    device.actions.behave(() => "well");
    await device.nextReport();
    await device.eventually(() => expect(device.actions.row(id).error_code).toBe("refused-envelope"));
    expect(device.platform.reboots.scheduled).toEqual([]);
  });

  it("has the action claimed again after the lease and done once if the answer to the claim is lost", async () => {
    const device = await startActionDevice();
    device.actions.behave((says) => (says === "claim" ? "unanswered" : "well"));
    const id = device.actions.queue("message", MESSAGE);
    device.actions.nudge();
    await device.eventually(() => expect(device.actions.row(id).state).toBe("delivered"));
    device.actions.behave(() => "well");
    await device.pass(61);
    device.actions.nudge();
    expect((await ended(device, id)).state).toBe("done");
    expect(stepsOf(device, id)).toContain("lease-over");
    expect(device.platform.messages.shown).toHaveLength(1);
  });

  it("has the action done once, under the new claim, if the start arrives only after the lease", async () => {
    const device = await startActionDevice();
    device.actions.behave((says) => (says === "start" ? "unreachable" : "well"));
    const id = device.actions.queue("message", MESSAGE);
    device.actions.nudge();
    await device.eventually(() => expect(journalOf(device).has(id)).toBe(true));
    await device.pass(61);
    device.actions.passTime();
    device.actions.behave(() => "well");
    await device.nextReport();
    await device.eventually(() =>
      expect(journalOf(device).get(id)?.reported).toMatchObject({ isTaken: false }),
    );
    expect(device.platform.messages.shown).toEqual([]);
    device.actions.nudge();
    expect((await ended(device, id)).state).toBe("done");
    expect(device.platform.messages.shown).toHaveLength(1);
  });

  it("does not end an action that takes longer than a lease", async () => {
    const device = await startActionDevice();
    const id = device.actions.queue("message", { ...MESSAGE, buttons: ["Yes", "No"] });
    device.actions.nudge();
    await reaches(device, id, "shown");
    await device.pass(120);
    device.actions.passTime();
    expect(device.actions.row(id).state).toBe("executing");
    device.platform.messages.press("Yes");
    expect(JSON.parse((await ended(device, id)).result ?? "")).toMatchObject({ pressed: "Yes" });
    expect(device.platform.messages.shown).toHaveLength(1);
  });
});

describe("a cancel", () => {
  it("wins if it comes before the start: nothing is done", async () => {
    const device = await startActionDevice();
    device.actions.behave((says) => (says === "start" ? "unreachable" : "well"));
    const id = device.actions.queue("reboot");
    device.actions.nudge();
    await device.eventually(() => expect(journalOf(device).has(id)).toBe(true));
    device.actions.cancel(id);
    device.actions.behave(() => "well");
    await device.nextReport();
    expect((await ended(device, id)).state).toBe("cancelled");
    expect(device.platform.reboots.scheduled).toEqual([]);
  });

  it("loses against a start at the same time, and cancels the reboot", async () => {
    const device = await startActionDevice();
    const id = device.actions.queue("reboot", { delayMinutes: 5 });
    device.actions.afterStatement(({ says }) => {
      if (says === "start") device.actions.cancel(id);
    });
    device.actions.nudge();
    await reaches(device, id, "counting-down");
    device.actions.nudge();
    expect((await ended(device, id)).state).toBe("cancelled");
    expect(device.platform.reboots.scheduled).toHaveLength(1);
    expect(device.platform.reboots.waiting()).toBeNull();
  });

  it("is answered with what happened if the message was already shown", async () => {
    const device = await startActionDevice();
    const id = device.actions.queue("message", { ...MESSAGE, buttons: ["OK"] });
    device.actions.nudge();
    await reaches(device, id, "shown");
    device.actions.cancel(id);
    device.actions.nudge();
    expect(await ended(device, id)).toMatchObject({ state: "done" });
  });
});

describe("a reboot", () => {
  const delayed = { delayMinutes: 5, message: "Updates" };

  async function countDown(): Promise<{ device: ActionDevice; id: string }> {
    const device = await startActionDevice();
    const id = device.actions.queue("reboot", delayed);
    device.actions.nudge();
    await reaches(device, id, "counting-down");
    return { device, id };
  }

  it("is announced with its time by the server's clock, and done by the next boot", async () => {
    const { device, id } = await countDown();
    const step = device.actions.steps(id).at(-1);
    expect(Math.abs((step?.until ?? 0) - (step?.at ?? 0) - 300_000)).toBeLessThan(100);
    const before = device.platform.machine.bootId;
    const after = await device.crash("boot-2");
    expect(JSON.parse((await ended(after, id)).result ?? "")).toEqual({
      bootIdBefore: before,
      bootIdAfter: "boot-2",
    });
    expect(device.platform.reboots.scheduled).toEqual([delayed]);
  });

  it("is an error if it did not happen a quarter of an hour after its time", async () => {
    const { device, id } = await countDown();
    await device.pass(5 * 60 + 14 * 60);
    expect(device.actions.row(id).state).toBe("executing");
    await device.pass(61);
    expect(await ended(device, id)).toMatchObject({ state: "error", error_code: "not-back" });
  });

  it("is waited for by a later run in the same boot, measured by the time since boot", async () => {
    const { device, id } = await countDown();
    const second = await device.crash();
    await second.pass(19 * 60 + 50);
    expect(second.actions.row(id).state).toBe("executing");
    await second.pass(20);
    expect(await ended(second, id)).toMatchObject({ error_code: "not-back" });
  });

  it("is corrected once if the machine comes back late", async () => {
    const { device, id } = await countDown();
    await device.pass(21 * 60);
    expect(await ended(device, id)).toMatchObject({ error_code: "not-back" });
    await device.eventually(() => expect(journalOf(device).get(id)?.reported).not.toBeNull());
    const second = await device.crash("boot-2");
    await second.eventually(() => expect(second.actions.row(id).state).toBe("done"));
    await second.eventually(() => expect(journalOf(second).get(id)?.reported).not.toBeNull());
    const told = second.actions.statements.length;
    const third = await second.crash("boot-3");
    await third.nextReport();
    expect(third.actions.statements).toHaveLength(told);
    expect(stepsOf(third, id).at(-1)).toBe("corrected");
  });

  it("is corrected also if the server gave up while the machine was off", async () => {
    const { device, id } = await countDown();
    device.platform.clock.sleep(3_600_000);
    device.actions.passTime();
    expect(device.actions.row(id)).toMatchObject({ error_code: "not-back", result_digest: null });
    const second = await device.crash("boot-2");
    await second.eventually(() => expect(second.actions.row(id).state).toBe("done"));
  });

  it("ends immediately if another action cancels it", async () => {
    const { device, id } = await countDown();
    const cancel = device.actions.queue("cancel-reboot");
    device.actions.nudge();
    expect(JSON.parse((await ended(device, cancel)).result ?? "")).toEqual({ wasScheduled: true });
    expect(await ended(device, id)).toMatchObject({ state: "error", error_code: "failed" });
  });

  it("survives a restart of the agent", async () => {
    const { device, id } = await countDown();
    await device.agent.stop("agent-stopped");
    expect(device.actions.row(id).state).toBe("executing");
    expect(journalOf(device).get(id)?.ended).toBeNull();
    const second = await device.crash("boot-2");
    expect((await ended(second, id)).state).toBe("done");
  });
});

describe("other actions", () => {
  it("restart the agent once, and are reported by its next run", async () => {
    let restarts = 0;
    const device = await startActionDevice(undefined, {
      restartAgent: () => {
        restarts += 1;
      },
    });
    const id = device.actions.queue("restart");
    device.actions.nudge();
    await device.eventually(() => expect(restarts).toBe(1));
    expect(device.actions.row(id).state).toBe("executing");
    const second = await device.crash();
    expect(JSON.parse((await ended(second, id)).result ?? "")).toEqual({ agentVersion: "0.1.0" });
    expect(restarts).toBe(1);
  });

  it("read the inventory and send it immediately", async () => {
    const device = await startActionDevice();
    if (!(device.platform.machine.inventory instanceof Error)) {
      device.platform.machine.inventory.hostname = "renamed";
    }
    const id = device.actions.queue("refresh-inventory");
    device.actions.nudge();
    const { inventoryHash } = JSON.parse((await ended(device, id)).result ?? "");
    await device.eventually(() =>
      expect(device.server.stored.at(-1)).toMatchObject({
        inventoryHash,
        inventory: { hostname: "renamed" },
      }),
    );
  });

  it("are unsupported if the agent does not know their type", async () => {
    const device = await startActionDevice();
    device.actions.handOut((_, order) => device.actions.envelope({ ...order, type: "defragment" }));
    const id = device.actions.queue("restart");
    device.actions.nudge();
    expect(await ended(device, id)).toMatchObject({ error_code: "not-supported" });
  });
});
