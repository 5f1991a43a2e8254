import { LocalView, RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import { describe, expect, it } from "vitest";
import { type ActionDevice, startActionDevice } from "../../../../tests/harness/action-device.ts";
import { HOME } from "../../../../tests/harness/fake-agent.ts";
import { openLocalUser } from "../../../../tests/harness/open-local-user.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const REBOOT = { delayMinutes: 30, message: "Updates", postponements: 2, postponableHours: 8 };

async function withTray(payload: object = REBOOT) {
  const device = await startActionDevice();
  const { local, changes } = await openLocalUser(device);
  const startedAtMs = device.platform.clock.wallMs();
  const id = device.actions.queue("reboot", payload);
  device.actions.nudge();
  await reaches(device, id, "counting-down");
  return { device, local, changes, id, startedAtMs };
}

const stepsOf = ({ actions }: ActionDevice, id: string) => actions.steps(id).map(({ step }) => step);

async function reaches(device: ActionDevice, id: string, step: string): Promise<void> {
  await device.eventually(() => expect(stepsOf(device, id)).toContain(step));
}

async function ended(device: ActionDevice, id: string) {
  await device.eventually(() => expect(device.actions.row(id).state).toMatch(/done|error|cancelled/));
  return device.actions.row(id);
}

describe("a reboot with a tray open", () => {
  it("is shown with its reason and its limits, and not scheduled with the system yet", async () => {
    const { device, local, id, startedAtMs } = await withTray();
    expect(LocalView.parse(local.view()).reboot).toEqual({
      actionId: id,
      askedBy: "Ada Lovelace",
      reason: "Updates",
      dueAtMs: startedAtMs + 30 * MINUTE_MS,
      latestAtMs: startedAtMs + 8 * HOUR_MS,
      postponementsLeft: 2,
      warnings: [],
    });
    expect(device.platform.reboots.scheduled).toEqual([]);
  });

  it("is reported as an error before any user sees a countdown if the system would refuse it", async () => {
    const device = await startActionDevice();
    device.platform.reboots.obstruct("a container can only be restarted by its container runtime");
    const { local } = await openLocalUser(device);
    const id = device.actions.queue("reboot", REBOOT);
    device.actions.nudge();
    expect(await ended(device, id)).toMatchObject({
      error_code: "failed",
      error_message: "a container can only be restarted by its container runtime",
    });
    expect([local.view().reboot, stepsOf(device, id)]).toEqual([
      null,
      ["asked", "delivered", "started", "ended"],
    ]);
  });

  it("is reported as an error immediately if the system refuses it when it is due, and is removed", async () => {
    const { device, local, id } = await withTray();
    device.platform.reboots.fail("requires root or a polkit rule");
    await device.pass(30 * 60 + 1);
    expect(await ended(device, id)).toMatchObject({
      error_code: "failed",
      error_message: "requires root or a polkit rule",
    });
    expect(local.view().reboot).toBeNull();
  });

  it("does not change the view while nothing about it changes", async () => {
    const { device, local } = await withTray();
    const before = local.view().reboot;
    await device.pass(600);
    expect(local.view().reboot).toEqual(before);
  });

  it("happens at its time, is reported, and is done only by the next boot", async () => {
    const { device, id } = await withTray();
    await device.pass(29 * 60);
    expect(device.platform.reboots.scheduled).toEqual([]);
    await device.pass(61);
    expect(device.platform.reboots.scheduled).toEqual([{ delayMinutes: 0, message: "Updates" }]);
    const next = await device.crash("boot-2");
    expect(await ended(next, id)).toMatchObject({ state: "done" });
    expect((await openLocalUser(next)).local.view().reboot).toBeNull();
    expect(next.platform.files.contents.has(HOME.reboots)).toBe(false);
  });

  it("happens now when its user requests it, without using a postponement", async () => {
    const { device, local, id } = await withTray();
    expect(await local.postpone(id, 0)).toEqual({ kind: "done" });
    await device.eventually(() => expect(device.platform.reboots.scheduled).toHaveLength(1));
    expect(local.view().reboot?.postponementsLeft).toBe(2);
  });

  it("is postponed as often and as far as was allowed, and the server waits for it", async () => {
    const { device, local, id, startedAtMs } = await withTray();
    const inHours = (hours: number) => startedAtMs + hours * HOUR_MS;
    expect(await local.postpone(id, inHours(9))).toMatchObject({ why: "too-late" });
    expect(await local.postpone(id, inHours(2))).toEqual({ kind: "done" });
    expect(local.view().reboot).toMatchObject({ dueAtMs: inHours(2), postponementsLeft: 1 });
    await reaches(device, id, "postponed");
    const { until } = device.actions.steps(id).at(-1) ?? {};
    expect(Math.abs((until ?? 0) - inHours(2) - HOUR_MS)).toBeLessThan(5000);
    expect(await local.postpone(id, inHours(8))).toEqual({ kind: "done" });
    expect(await local.postpone(id, inHours(8) - 1)).toEqual({ kind: "done" });
    expect(await local.postpone(id, inHours(8))).toMatchObject({ why: "no-postponements-left" });
    await device.pass(7.9 * 3600);
    device.actions.passTime();
    expect([device.actions.row(id).state, device.platform.reboots.scheduled]).toEqual(["executing", []]);
    await device.pass(600);
    expect(device.platform.reboots.scheduled).toHaveLength(1);
  });

  it("cannot be postponed when that was not allowed", async () => {
    const { local, id } = await withTray({ delayMinutes: 30, postponableHours: 8 });
    const reboot = local.view().reboot;
    expect(reboot?.latestAtMs).toBe(reboot?.dueAtMs);
    expect(await local.postpone(id, (reboot?.dueAtMs ?? 0) + 60_000)).toMatchObject({ why: "too-late" });
  });

  it("cannot be moved if it is unknown or over", async () => {
    const { device, local, id } = await withTray();
    expect(await local.postpone("01890a5d-ac96-774b-bcce-b302099a8057", 0)).toMatchObject({ why: "unknown" });
    device.actions.cancel(id);
    device.actions.nudge();
    await ended(device, id);
    expect(await local.postpone(id, 0)).toMatchObject({ why: "over" });
  });

  it("warns of what makes this a bad moment", async () => {
    const device = await startActionDevice();
    device.platform.machine.rebootWarnings = ["package-manager"];
    const { local } = await openLocalUser(device);
    device.actions.queue("reboot", REBOOT);
    device.actions.nudge();
    await device.eventually(() => expect(local.view().reboot?.warnings).toEqual(["package-manager"]));
    device.platform.machine.rebootWarnings = [];
    await device.pass(95);
    expect(local.view().reboot?.warnings).toEqual([]);
  });
});

describe("a planned reboot over time", () => {
  it("is known to the next run of the agent, with the choice of its user", async () => {
    const { device, local, id, startedAtMs } = await withTray();
    await local.postpone(id, startedAtMs + 2 * HOUR_MS);
    const next = await device.crash();
    const again = await openLocalUser(next);
    expect(again.local.view().reboot).toMatchObject({
      dueAtMs: startedAtMs + 2 * HOUR_MS,
      postponementsLeft: 1,
    });
    await next.pass(2 * 3600 + 1);
    expect(next.platform.reboots.scheduled).toEqual([{ delayMinutes: 0, message: "Updates" }]);
  });

  it("is reported with its time also if it was postponed before the agent knew the server's time", async () => {
    const { device, id, startedAtMs } = await withTray();
    const next = await device.crash();
    const { local } = await openLocalUser(next);
    expect(await local.postpone(id, startedAtMs + 2 * HOUR_MS)).toEqual({ kind: "done" });
    await reaches(next, id, "postponed");
    const told = next.actions.steps(id).filter(({ step }) => /postponed|counting-down/.test(step));
    expect(told.map(({ until }) => until)).not.toContain(null);
    await next.pass(2 * 3600 - 60);
    next.actions.passTime();
    expect(next.actions.row(id).state).toBe("executing");
  });

  it("gives its user five minutes again if the machine slept at its time", async () => {
    const { device, local } = await withTray();
    device.platform.clock.sleep(3 * HOUR_MS);
    device.platform.power.wake();
    await device.eventually(() =>
      expect(local.view().reboot?.dueAtMs).toBe(device.platform.clock.wallMs() + 5 * MINUTE_MS),
    );
    expect(device.platform.reboots.scheduled).toEqual([]);
    await device.pass(301);
    expect(device.platform.reboots.scheduled).toHaveLength(1);
  });

  it("is announced by the system if the tray was closed before its time", async () => {
    const { device, local } = await withTray();
    local.close();
    await device.pass(24 * 60);
    expect(device.platform.reboots.scheduled).toEqual([]);
    await device.pass(61);
    expect(device.platform.reboots.scheduled).toEqual([{ delayMinutes: 5, message: "Updates" }]);
  });

  it("is not scheduled again by a run that finds it scheduled with the system", async () => {
    const { device, id } = await withTray({ ...REBOOT, delayMinutes: 0 });
    await device.eventually(() => expect(device.platform.reboots.scheduled).toHaveLength(1));
    const next = await device.crash();
    await openLocalUser(next);
    await next.pass(16 * 60);
    expect(await ended(next, id)).toMatchObject({ error_code: "not-back" });
    expect(next.platform.reboots.scheduled).toEqual([]);
  });

  it("can be brought forward only from the console, or by a user who is alone on the machine", async () => {
    const bob = { id: "1001", user: "bob" };
    const ann = { id: "1000", user: "ann" };
    for (const { loggedIn, sits, isAllowed } of [
      { loggedIn: [ann, bob], sits: false, isAllowed: false },
      { loggedIn: [bob], sits: false, isAllowed: false },
      { loggedIn: [], sits: false, isAllowed: false },
      { loggedIn: new Error("logind does not answer"), sits: false, isAllowed: false },
      { loggedIn: [ann], sits: false, isAllowed: true },
      { loggedIn: [ann, bob], sits: true, isAllowed: true },
    ]) {
      const { device, id, startedAtMs } = await withTray();
      const { local } = await openLocalUser(device, "ann", sits);
      device.platform.localChannel.logIn(loggedIn);
      const dueAtMs = local.view().reboot?.dueAtMs ?? 0;
      for (const toMs of [0, startedAtMs, dueAtMs - 60_000]) {
        const outcome = await local.postpone(id, toMs);
        if (!isAllowed) expect(outcome).toMatchObject({ kind: "refused", why: "not-at-console" });
      }
      if (!isAllowed) expect(local.view().reboot?.dueAtMs).toBe(dueAtMs);
      if (!isAllowed) expect(await local.postpone(id, dueAtMs + 60_000)).toEqual({ kind: "done" });
      if (isAllowed) expect(local.view().reboot?.dueAtMs ?? 0).toBeLessThan(dueAtMs);
    }
  });

  it("is not shown after it is over, even if it could not be removed from the disk", async () => {
    const { device, id } = await withTray();
    const { files } = device.platform;
    const remove = files.remove.bind(files);
    files.remove = (path) => (path === HOME.reboots ? Promise.reject(new Error("EIO")) : remove(path));
    device.actions.cancel(id);
    device.actions.nudge();
    await ended(device, id);
    const next = await device.crash();
    const { local } = await openLocalUser(next);
    expect(next.platform.files.contents.has(HOME.reboots)).toBe(true);
    expect(local.view().reboot).toBeNull();
    expect(await local.postpone(id, 0)).toMatchObject({ why: "over" });
  });

  it("is not planned when the disk cannot store it", async () => {
    const device = await startActionDevice();
    const { local } = await openLocalUser(device);
    const { files } = device.platform;
    const replace = files.replace.bind(files);
    files.replace = (path, text, options) =>
      path === HOME.reboots
        ? Promise.reject(Object.assign(new Error("ENOSPC"), { code: "ENOSPC" }))
        : replace(path, text, options);
    const id = device.actions.queue("reboot", REBOOT);
    device.actions.nudge();
    expect(await ended(device, id)).toMatchObject({
      error_code: "failed",
      error_message: expect.stringContaining("The disk is full."),
    });
    expect(local.view().reboot).toBeNull();
  });
});

describe("a planned reboot whose clock moves", () => {
  it("keeps its instant, and is shown at the time of the changed clock", async () => {
    const { device, local, id } = await withTray();
    const { clock } = device.platform;
    for (const jumpMs of [2 * HOUR_MS, -2 * HOUR_MS]) {
      clock.setWall(clock.wallMs() + jumpMs);
      await device.pass(60);
    }
    clock.setWall(clock.wallMs() + 2 * HOUR_MS);
    await device.pass(60);
    const { dueAtMs = 0, latestAtMs = 0 } = local.view().reboot ?? {};
    expect(Math.round((dueAtMs - clock.wallMs()) / MINUTE_MS)).toBe(27);
    expect(Math.round((latestAtMs - clock.wallMs()) / MINUTE_MS)).toBe(8 * 60 - 3);
    expect(await local.postpone(id, clock.wallMs() + HOUR_MS)).toEqual({ kind: "done" });
    await device.pass(58 * 60);
    expect(device.platform.reboots.scheduled).toEqual([]);
    await device.pass(3 * 60);
    expect(device.platform.reboots.scheduled).toHaveLength(1);
  });
});

describe("a user's choice in the last moment", () => {
  it("counts even if the reboot fell due while it was being stored", async () => {
    const { device, local, id, startedAtMs } = await withTray();
    await device.pass(30 * 60 - 1);
    const { files } = device.platform;
    const replace = files.replace.bind(files);
    const stored = Promise.withResolvers<void>();
    files.replace = async (path, text, options) => {
      if (path === HOME.reboots) await stored.promise;
      return replace(path, text, options);
    };
    const wish = local.postpone(id, startedAtMs + 2 * HOUR_MS);
    await device.pass(2);
    stored.resolve();
    expect(await wish).toEqual({ kind: "done" });
    await device.pass(60);
    expect(device.platform.reboots.scheduled).toEqual([]);
    expect(local.view().reboot?.dueAtMs).toBe(startedAtMs + 2 * HOUR_MS);
  });

  it("is carried out by the next run if the agent ended while the system cancelled the reboot", async () => {
    const device = await startActionDevice();
    const startedAtMs = device.platform.clock.wallMs();
    const id = device.actions.queue("reboot", REBOOT);
    device.actions.nudge();
    await reaches(device, id, "counting-down");
    const { local } = await openLocalUser(device);
    const { reboots } = device.platform;
    const { cancel } = reboots;
    const asked = Promise.withResolvers<void>();
    reboots.cancel = async () => {
      await cancel();
      asked.resolve();
      return new Promise(() => undefined);
    };
    void local.postpone(id, startedAtMs + 2 * HOUR_MS);
    await asked.promise;
    const next = await device.crash();
    const again = await openLocalUser(next);
    expect(again.local.view().reboot).toMatchObject({
      dueAtMs: startedAtMs + 2 * HOUR_MS,
      postponementsLeft: 1,
    });
    await next.pass(2 * 3600 + 1);
    expect(next.platform.reboots.scheduled).toEqual([{ delayMinutes: 0, message: "Updates" }]);
  });

  it("is refused if the system cannot cancel the reboot, which then happens", async () => {
    const device = await startActionDevice();
    const id = device.actions.queue("reboot", REBOOT);
    device.actions.nudge();
    await reaches(device, id, "counting-down");
    const { local } = await openLocalUser(device);
    const { dueAtMs } = local.view().reboot ?? { dueAtMs: 0 };
    device.platform.reboots.fail("not now");
    expect(await local.postpone(id, dueAtMs + HOUR_MS)).toMatchObject({
      why: "too-late",
      message: "not now",
    });
    device.platform.reboots.fail(null);
    expect(local.view().reboot).toMatchObject({ dueAtMs, postponementsLeft: 2 });
    const next = await device.crash();
    expect((await openLocalUser(next)).local.view().reboot).toMatchObject({ dueAtMs, postponementsLeft: 2 });
  });
});

describe("a reboot that is cancelled before it started", () => {
  it("is withdrawn if it was just being given to the system", async () => {
    const { device, id } = await withTray();
    await device.pass(30 * 60 - 5);
    const { files, reboots } = device.platform;
    const replace = files.replace.bind(files);
    const stored = Promise.withResolvers<void>();
    files.replace = async (path, text, options) => {
      if (path === HOME.reboots) await stored.promise;
      return replace(path, text, options);
    };
    await device.pass(5);
    const other = device.actions.queue("cancel-reboot");
    device.actions.nudge();
    await ended(device, other);
    expect(reboots.scheduled).toEqual([]);
    stored.resolve();
    expect(await ended(device, id)).toMatchObject({ error_code: "failed" });
    expect(reboots.waiting()).toBeNull();
  });

  it("is not given to the system", async () => {
    const device = await startActionDevice();
    device.actions.behave(() => "well");
    const { files } = device.platform;
    const replace = files.replace.bind(files);
    const stored = Promise.withResolvers<void>();
    files.replace = async (path, text, options) => {
      if (path === HOME.reboots) await stored.promise;
      return replace(path, text, options);
    };
    const id = device.actions.queue("reboot", { ...REBOOT, delayMinutes: 0 });
    device.actions.nudge();
    await reaches(device, id, "started");
    device.actions.cancel(id);
    device.actions.nudge();
    await device.pass(1);
    stored.resolve();
    expect(await ended(device, id)).toMatchObject({ state: "cancelled" });
    expect(device.platform.reboots.scheduled).toEqual([]);
  });
});

describe("an agent that hands over to another one", () => {
  it("reports immediately that its reboot and its message were cancelled, and leaves neither behind", async () => {
    const { device, local, id } = await withTray();
    const message = device.actions.queue("message", { title: "Hello", text: "World", buttons: ["Yes"] });
    device.actions.nudge();
    await device.eventually(() => expect(local.view().unshownMessages).toEqual([message]));
    await local.acknowledge(message, { what: "not-shown", reason: "locked" });
    await reaches(device, message, "postponed");
    await device.agent.handOver("a service came");
    for (const action of [id, message])
      expect(device.actions.row(action)).toMatchObject({
        state: "error",
        error_code: "interrupted",
        error_message: "a service came",
      });
    expect(device.platform.files.contents.has(HOME.reboots)).toBe(false);
    expect(device.server.stored.at(-1)).toMatchObject({ lastWord: "agent-stopped" });
    const next = await device.crash();
    const again = await openLocalUser(next);
    await next.pass(3600);
    expect(again.local.view()).toMatchObject({ reboot: null, unshownMessages: [] });
    expect(next.platform.reboots.scheduled).toEqual([]);
  });

  it("does not wait for a server that does not answer; the next run reports it", async () => {
    const { device, id } = await withTray();
    device.actions.behave(() => "unreachable");
    await device.agent.handOver("a service came");
    expect(device.actions.row(id).state).toBe("executing");
    const next = await device.crash();
    next.actions.behave(() => "well");
    await next.nextReport();
    expect(await ended(next, id)).toMatchObject({ error_code: "interrupted" });
  });
});

describe("cancelling a planned reboot", () => {
  it("works while its user may still move it, without the system", async () => {
    const { device, local, id } = await withTray();
    device.platform.reboots.fail("nothing may be called off");
    device.actions.cancel(id);
    device.actions.nudge();
    expect(await ended(device, id)).toMatchObject({ state: "cancelled" });
    expect(local.view().reboot).toBeNull();
    await device.pass(3600);
    expect(device.platform.reboots.scheduled).toEqual([]);
  });

  it("works when the system counts down", async () => {
    const { device, local, id } = await withTray();
    local.close();
    await device.pass(26 * 60);
    expect(device.platform.reboots.waiting()).not.toBeNull();
    device.actions.cancel(id);
    device.actions.nudge();
    expect(await ended(device, id)).toMatchObject({ state: "cancelled" });
    expect(device.platform.reboots.waiting()).toBeNull();
  });

  it("works by another action", async () => {
    const { device, local, id } = await withTray();
    const other = device.actions.queue("cancel-reboot");
    device.actions.nudge();
    expect(JSON.parse((await ended(device, other)).result ?? "")).toEqual({ wasScheduled: true });
    expect(await ended(device, id)).toMatchObject({ error_code: "failed" });
    expect(local.view().reboot).toBeNull();
  });
});

describe("a reboot without a user with a tray", () => {
  it("counts down with the system immediately, and can be moved by a user who opens a tray in time", async () => {
    const device = await startActionDevice();
    const startedAtMs = device.platform.clock.wallMs();
    const id = device.actions.queue("reboot", REBOOT);
    device.actions.nudge();
    await reaches(device, id, "counting-down");
    expect(device.platform.reboots.scheduled).toEqual([{ delayMinutes: 30, message: "Updates" }]);
    const { local } = await openLocalUser(device);
    expect(local.view().reboot).toMatchObject({ actionId: id, postponementsLeft: 2 });
    expect(await local.postpone(id, startedAtMs + 2 * HOUR_MS)).toEqual({ kind: "done" });
    expect(device.platform.reboots.waiting()).toBeNull();
    await reaches(device, id, "postponed");
    await device.pass(2 * 3600 + 1);
    expect(device.platform.reboots.scheduled).toHaveLength(2);
  });

  it("is postponed even if the disk fails after the system has removed it", async () => {
    const { device, local, id, startedAtMs } = await countingDown();
    const { reboots, files } = device.platform;
    const cancel = reboots.cancel.bind(reboots);
    reboots.cancel = () => {
      files.failWrites("ENOSPC");
      return cancel();
    };
    expect(await local.postpone(id, startedAtMs + 2 * HOUR_MS)).toEqual({ kind: "done" });
    files.failWrites(null);
    expect(local.view().reboot).toMatchObject({ dueAtMs: startedAtMs + 2 * HOUR_MS, postponementsLeft: 1 });
    await device.pass(2 * 3600 + 1);
    expect(reboots.scheduled).toHaveLength(2);
  });

  it("gains no time by being moved between its user and the system", async () => {
    const device = await startActionDevice();
    const { clock, reboots } = device.platform;
    const id = device.actions.queue("reboot", { delayMinutes: 1, message: "Updates" });
    device.actions.nudge();
    await reaches(device, id, "counting-down");
    for (let turn = 0; turn < 20; turn += 1) {
      const { local } = await openLocalUser(device, "mallory", false);
      await local.postpone(id, clock.wallMs() + 50_000);
      local.close();
      await device.pass(10);
    }
    expect(reboots.waiting()).not.toBeNull();
    expect(reboots.scheduled.length).toBeLessThan(4);
  });

  it("gives a reason why it cannot be moved that fits the protocol", async () => {
    const { device, local, id } = await countingDown();
    device.platform.reboots.fail("not permitted ".repeat(200));
    const outcome = await local.postpone(id, 0);
    expect(RequestOutcome.parse(outcome)).toMatchObject({ why: "too-late" });
  });

  it("stays with the system when the disk cannot store the postponement", async () => {
    const { device, local, id, startedAtMs } = await countingDown();
    device.platform.files.failWrites("ENOSPC");
    expect(await local.postpone(id, startedAtMs + 2 * HOUR_MS)).toMatchObject({ why: "failed" });
    device.platform.files.failWrites(null);
    expect(device.platform.reboots.waiting()).not.toBeNull();
    expect(local.view().reboot).toMatchObject({ postponementsLeft: 2 });
  });
});

async function countingDown() {
  const device = await startActionDevice();
  const startedAtMs = device.platform.clock.wallMs();
  const id = device.actions.queue("reboot", REBOOT);
  device.actions.nudge();
  await reaches(device, id, "counting-down");
  const { local } = await openLocalUser(device);
  return { device, local, id, startedAtMs };
}
