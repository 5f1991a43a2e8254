import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { Action } from "@muster/shared/contracts/action.ts";
import {
  FAULT_POINTS,
  type FaultPoint,
  MESSAGE_FAULT_POINTS,
  REBOOT_FAULT_POINTS,
} from "../../desktop-agent/src/agent/actions/fault-points.ts";
import {
  type ActionMachine,
  type ActionCrashWorld,
  startActionCrashWorld,
} from "../harness/action-crash-world.ts";

const MESSAGE = { title: "Hello", text: "World" };
const DONE = { state: "done", error: null } as const;
const INTERRUPTED = { state: "error", error: { code: "interrupted" } } as const;

type Expected = { executions: number; end: object };

/** What is true after a crash at each point. A point that is not here fails the first test. */
const AFTER_CRASH: Record<(typeof FAULT_POINTS)[number], Expected> = {
  claimed: { executions: 0, end: { state: "delivered" } },
  accepted: { executions: 1, end: DONE },
  "start-answered": { executions: 1, end: DONE },
  started: { executions: 0, end: INTERRUPTED },
  acted: { executions: 1, end: INTERRUPTED },
  ended: { executions: 1, end: DONE },
  "result-answered": { executions: 1, end: DONE },
  reported: { executions: 1, end: DONE },
};

let world: ActionCrashWorld;
beforeAll(async () => {
  world = await startActionCrashWorld();
});
afterAll(() => world.remove());

async function enrolledMachine(): Promise<{ machine: ActionMachine; deviceId: string }> {
  const machine = await world.makeMachine();
  const first = machine.start();
  const deviceId = await machine.deviceId();
  first.process.kill("SIGKILL");
  await first.ended;
  return { machine, deviceId };
}

/** Has an action claimed by an agent that kills itself at the point, and starts the next one. */
async function crashAt(point: FaultPoint, type: string, payload: object) {
  const { machine, deviceId } = await enrolledMachine();
  const id = await world.queue(deviceId, type, payload);
  const doomed = machine.start({ killAt: point });
  expect(await doomed.ended).toBe("SIGKILL");
  return { id, deviceId, machine };
}

const isOver = ({ state }: Action) => state === "done" || state === "error";

/** A message that is queued later and done proves that the agent has looked at everything that waited before. */
async function doAnother(machine: ActionMachine, deviceId: string): Promise<void> {
  const id = await world.queue(deviceId, "message", { title: "Later", text: "World" });
  await world.until(id, ({ state }) => state === "done");
}

async function executions(machine: ActionMachine, what: string): Promise<number> {
  return (await machine.executions()).filter((line) => line === what).length;
}

describe("an agent that is killed in the middle of a message", () => {
  it("has a case for every fault point of the runner", () => {
    expect(Object.keys(AFTER_CRASH)).toEqual([...FAULT_POINTS]);
  });

  it.each(FAULT_POINTS)("at %s: never shows it twice, and reports the true result", async (point) => {
    const { id, deviceId, machine } = await crashAt(point, "message", MESSAGE);
    machine.start();
    await doAnother(machine, deviceId);
    const { executions: count, end } = AFTER_CRASH[point];
    expect(await world.until(id, (action) => isOver(action) || point === "claimed")).toMatchObject(end);
    expect(await executions(machine, "message Hello")).toBe(count);
  });
});

describe("a server that is killed while its agent is stopped", () => {
  // Each point costs a start of the server; these three stand for before, during and after the execution.
  const points: readonly FaultPoint[] = inject("isFullRun") ? FAULT_POINTS : ["accepted", "acted", "ended"];

  it.each(points)("at %s: has the message shown once and reported as done", async (point) => {
    const { machine, deviceId } = await enrolledMachine();
    const id = await world.queue(deviceId, "message", MESSAGE);
    machine.start({ holdAt: point });
    await machine.held();
    await world.crashServer();
    await machine.resume();
    expect(await world.until(id, isOver)).toMatchObject(DONE);
    expect(await machine.executions()).toEqual(["message Hello"]);
  });
});

describe("an agent that is killed in the middle of a reboot", () => {
  const points = FAULT_POINTS.slice(FAULT_POINTS.indexOf("started"), FAULT_POINTS.indexOf("acted"));

  it.each(points)(
    "at %s, followed by a restart of the machine: is done, and not scheduled again",
    async (point) => {
      const { id, deviceId, machine } = await crashAt(point, "reboot", { delayMinutes: 1 });
      await machine.boot();
      machine.start();
      await doAnother(machine, deviceId);
      expect(await world.until(id, isOver)).toMatchObject(DONE);
      expect(await executions(machine, "reboot in 1")).toBeLessThanOrEqual(1);
    },
  );

  it("during the countdown: keeps waiting in the same boot, and is done by the next", async () => {
    const { machine, deviceId } = await enrolledMachine();
    const doomed = machine.start();
    const id = await world.queue(deviceId, "reboot", { delayMinutes: 1 });
    await world.until(id, ({ steps }) => steps.some(({ step }) => step === "counting-down"));
    doomed.process.kill("SIGKILL");
    await doomed.ended;
    const second = machine.start();
    await doAnother(machine, deviceId);
    expect(await world.read(id)).toMatchObject({ state: "executing" });
    second.process.kill("SIGKILL");
    await second.ended;
    await machine.boot();
    machine.start();
    expect(await world.until(id, isOver)).toMatchObject(DONE);
    expect(await executions(machine, "reboot in 1")).toBe(1);
  });

  it("can still be cancelled by the next run of the agent", async () => {
    const { machine, deviceId } = await enrolledMachine();
    const doomed = machine.start();
    const id = await world.queue(deviceId, "reboot", { delayMinutes: 30 });
    await world.until(id, ({ steps }) => steps.some(({ step }) => step === "counting-down"));
    doomed.process.kill("SIGKILL");
    await doomed.ended;
    machine.start();
    await world.cancel(id);
    expect(await world.until(id, ({ state }) => state === "cancelled")).toMatchObject({ error: null });
    expect(await machine.executions()).toEqual(["reboot in 30", "cancel-reboot"]);
  });
});

/** How a reboot is brought to each point, and how often the system may have heard of it by then and after it. */
const REBOOT_AT: Record<
  (typeof REBOOT_FAULT_POINTS)[number],
  { how: "asked" | "put-off" | "cancelled"; scheduled: number }
> = {
  "reboot-planned": { how: "asked", scheduled: 1 },
  "reboot-written": { how: "asked", scheduled: 0 },
  "reboot-handed-over": { how: "asked", scheduled: 1 },
  "reboot-moving": { how: "put-off", scheduled: 1 },
  "reboot-called-off": { how: "put-off", scheduled: 1 },
  "reboot-moved": { how: "put-off", scheduled: 1 },
  "reboot-removed": { how: "cancelled", scheduled: 1 },
};
const HOURS_2_MS = 2 * 3_600_000;

/** A reboot in half an hour that the system has, of an agent that was killed. */
async function countingDown() {
  const { machine, deviceId } = await enrolledMachine();
  const doomed = machine.start();
  const payload = { delayMinutes: 30, postponements: 2, postponableHours: 8 };
  const id = await world.queue(deviceId, "reboot", payload);
  await world.until(id, ({ steps }) => steps.some(({ step }) => step === "counting-down"));
  doomed.process.kill("SIGKILL");
  await doomed.ended;
  return { machine, deviceId, id };
}

const timesScheduled = async (machine: ActionMachine) =>
  (await machine.executions()).filter((line) => line.startsWith("reboot in")).length;

describe("an agent that is killed between the steps of a reboot", () => {
  const pointsOf = (wanted: "asked" | "put-off" | "cancelled") =>
    REBOOT_FAULT_POINTS.filter((point) => REBOOT_AT[point].how === wanted);

  it("has a case for every fault point of reboots", () => {
    expect(Object.keys(REBOOT_AT)).toEqual([...REBOOT_FAULT_POINTS]);
  });

  it.each(pointsOf("asked"))(
    "at %s: keeps waiting in the same boot, and is done by the next",
    async (point) => {
      const { id, deviceId, machine } = await crashAt(point, "reboot", { delayMinutes: 1 });
      const second = machine.start();
      await doAnother(machine, deviceId);
      expect(await world.read(id)).toMatchObject({ state: "executing" });
      second.process.kill("SIGKILL");
      await second.ended;
      await machine.boot();
      machine.start();
      expect(await world.until(id, isOver)).toMatchObject(DONE);
      expect(await timesScheduled(machine)).toBe(REBOOT_AT[point].scheduled);
    },
  );

  it.each(pointsOf("put-off"))(
    "at %s: postpones it, reports that to the server, and does not reboot before",
    async (point) => {
      const { machine, deviceId, id } = await countingDown();
      const doomed = machine.start({ killAt: point, tray: { postponeMs: HOURS_2_MS } });
      expect(await doomed.ended).toBe("SIGKILL");
      machine.start({ tray: {} });
      const soonMs = Date.now() + HOURS_2_MS / 2;
      await world.until(id, ({ steps }) =>
        steps.some(({ step, until }) => step === "postponed" && Date.parse(until ?? "") > soonMs),
      );
      await doAnother(machine, deviceId);
      expect(await world.read(id)).toMatchObject({ state: "executing" });
      const executed = (await machine.executions()).filter((line) => !line.endsWith("Later"));
      expect([...new Set(executed)]).toEqual(["reboot in 30", "cancel-reboot"]);
      expect(await timesScheduled(machine)).toBe(REBOOT_AT[point].scheduled);
    },
  );

  it.each(pointsOf("cancelled"))("at %s: cancels it, and does not wait for it", async (point) => {
    const { machine, id } = await countingDown();
    const doomed = machine.start({ killAt: point });
    await world.cancel(id);
    expect(await doomed.ended).toBe("SIGKILL");
    machine.start({ tray: { postponeMs: HOURS_2_MS } });
    expect(await world.until(id, isOver)).toMatchObject(INTERRUPTED);
    expect(await machine.executions()).toEqual(["reboot in 30", "cancel-reboot"]);
  });
});

/** What is true of a message to a tray after a crash at each point. */
const MESSAGE_AT: Record<(typeof MESSAGE_FAULT_POINTS)[number], Expected> = {
  "message-stored": { executions: 0, end: INTERRUPTED },
  "message-noted": { executions: 1, end: DONE },
};

describe("an agent that is killed while a tray is shown a message", () => {
  it("has a case for every fault point of messages", () => {
    expect(Object.keys(MESSAGE_AT)).toEqual([...MESSAGE_FAULT_POINTS]);
  });

  it.each(MESSAGE_FAULT_POINTS)("at %s: never shows it twice, and reports the true result", async (point) => {
    const { machine, deviceId } = await enrolledMachine();
    const doomed = machine.start({ killAt: point, tray: {} });
    const id = await world.queue(deviceId, "message", MESSAGE);
    expect(await doomed.ended).toBe("SIGKILL");
    machine.start({ tray: {} });
    await doAnother(machine, deviceId);
    const { executions: count, end } = MESSAGE_AT[point];
    expect(await world.until(id, isOver)).toMatchObject(end);
    expect(await executions(machine, "tray Hello")).toBe(count);
    expect(await executions(machine, "message Hello")).toBe(0);
  });
});

describe("restarting the agent", () => {
  it("is reported by the next run, in the same process or after a crash", async () => {
    const { machine, deviceId } = await enrolledMachine();
    machine.start();
    const id = await world.queue(deviceId, "restart");
    expect(await world.until(id, isOver)).toMatchObject({ ...DONE, result: { agentVersion: "0.1.0" } });

    const crashed = await crashAt("acted", "restart", {});
    crashed.machine.start();
    expect(await world.until(crashed.id, isOver)).toMatchObject(DONE);
  });
});
