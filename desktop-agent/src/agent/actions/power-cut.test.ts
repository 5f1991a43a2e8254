import { describe, expect, it, vi } from "vitest";
import { startActionDevice } from "../../../../tests/harness/action-device.ts";
import { createFakePlatform } from "../../platform/fake/fake-platform.ts";
import { FAULT_POINTS, type FaultPoint } from "./fault-points.ts";

const MESSAGE = { title: "Hello", text: "World" };
const REBOOT = { delayMinutes: 0, message: "Updates" };

/**
 * An agent whose power is cut when it first passes the point: nothing that it does or says from then on counts, and the next boot has
 * what the disk had.
 */
async function cutAt(cutPoint: FaultPoint, type: "message" | "reboot") {
  const platform = createFakePlatform();
  const did = () => platform.messages.shown.length + platform.reboots.scheduled.length;
  let cut: { disk: ReadonlyMap<string, string>; executions: number } | null = null;
  const device = await startActionDevice(platform, {
    atFaultPoint(point) {
      if (point !== cutPoint || cut) return;
      cut = { disk: new Map(platform.files.durable), executions: did() };
      device.actions.behave(() => "unreachable");
      device.server.behave("unreachable");
    },
  });
  const id = device.actions.queue(type, type === "message" ? MESSAGE : REBOOT);
  device.actions.nudge();
  await device.eventually(() => expect(cut).not.toBeNull());
  const { disk, executions } = cut ?? { disk: new Map(), executions: 0 };
  await device.agent.stop(null);
  device.actions.behave(() => "well");
  device.server.behave("well");
  const next = await device.cutPower(disk);
  await vi.waitFor(
    async () => {
      const { state } = next.actions.row(id);
      // The lease of an action that was handed out ends within minutes. One that runs must not run out of time here.
      if (state !== "executing") await next.pass(30);
      next.actions.passTime();
      next.actions.nudge();
      expect(next.actions.row(id).state).toMatch(/done|error/);
    },
    { interval: 10, timeout: 60_000 },
  );
  const after = next.platform.messages.shown.length + next.platform.reboots.scheduled.length;
  return { executions: executions + after, row: next.actions.row(id) };
}

type Expected = { executions: number; state: string; error: string | null };
const DONE = { state: "done", error: null };
const INTERRUPTED = { state: "error", error: "interrupted" };

/** What is true of a message after a power cut at each point. */
const MESSAGES: Record<(typeof FAULT_POINTS)[number], Expected> = {
  claimed: { executions: 1, ...DONE },
  accepted: { executions: 1, ...DONE },
  // The server lets another boot not go on with a start.
  "start-answered": { executions: 0, ...INTERRUPTED },
  started: { executions: 0, ...INTERRUPTED },
  acted: { executions: 1, ...INTERRUPTED },
  ended: { executions: 1, ...DONE },
  "result-answered": { executions: 1, ...DONE },
  reported: { executions: 1, ...DONE },
};

describe("a power cut", () => {
  it.each(FAULT_POINTS)(
    "at '%s' leaves the disk in a state in which the message is not shown twice",
    async (point) => {
      const { executions, row } = await cutAt(point, "message");
      const { state, error } = MESSAGES[point];
      expect({ executions, state: row.state, error: row.error_code }).toEqual({
        executions: MESSAGES[point].executions,
        state,
        error,
      });
    },
  );

  it.each(["started", "reboot-planned", "reboot-written", "reboot-handed-over"] as const)(
    "at '%s' never causes a second reboot",
    async (point) => {
      const { executions, row } = await cutAt(point, "reboot");
      expect(executions).toBeLessThanOrEqual(1);
      expect(row.state).toBe("done");
    },
  );
});
