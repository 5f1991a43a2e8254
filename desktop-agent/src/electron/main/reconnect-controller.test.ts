import { beforeEach, describe, expect, it } from "vitest";
import { makeLocalView } from "../model/local-view.factory.ts";
import { createStubAgent, type StubAgent } from "../../agent/local-channel/stub-agent.fixture.ts";
import { createLog } from "../../agent/log.ts";
import { createFakeClock, type FakeClock } from "../../platform/fake/fake-clock.ts";
import {
  RETRY_INTERVAL_MS,
  createReconnectController,
  MAX_RETRY_DURATION_MS,
  type ReconnectController,
} from "./reconnect-controller.ts";

const LOST = { isReached: false, lastDeliveredAtMs: 1, problem: "nothing listens" };
const REACHED = { isReached: true, lastDeliveredAtMs: 1, problem: null };

let clock: FakeClock;
let agent: StubAgent;
let isShown: boolean;
let watch: ReconnectController;

beforeEach(() => {
  clock = createFakeClock();
  agent = createStubAgent();
  agent.changeView(makeLocalView({ contact: LOST }));
  isShown = true;
  watch = createReconnectController({
    connection: { agent: () => agent },
    isShown: () => isShown,
    clock,
    log: createLog({ level: "error", wallMs: () => 0, write: (line) => expect.fail(line) }),
  });
});

describe("an unreachable server", () => {
  it("is tried immediately when the status window opens, and again while it is open", async () => {
    watch.check();
    expect(agent.requests).toEqual([]);
    watch.windowOpened();
    watch.check();
    expect(agent.requests).toEqual([["check"]]);
    await clock.advance(2 * RETRY_INTERVAL_MS);
    expect(agent.requests).toHaveLength(3);
    isShown = false;
    await clock.advance(2 * RETRY_INTERVAL_MS);
    expect([agent.requests.length, clock.timers()]).toEqual([3, 0]);
  });

  it("is not tried any more once it is reached", async () => {
    watch.windowOpened();
    agent.changeView({ contact: REACHED });
    await clock.advance(2 * RETRY_INTERVAL_MS);
    expect([agent.requests.length, clock.timers()]).toEqual([1, 0]);
  });

  it("is left to the agent while the window is closed, or nothing is reported", () => {
    isShown = false;
    watch.windowOpened();
    isShown = true;
    agent.changeView({ state: { kind: "paused", untilMs: null } });
    watch.check();
    agent.changeView({ ...makeLocalView({ contact: LOST }), enrolled: null });
    watch.check();
    expect(agent.requests).toEqual([]);
  });

  it("is left to the agent after a while, until the window is opened again", async () => {
    watch.windowOpened();
    await clock.advance(MAX_RETRY_DURATION_MS);
    const asked = agent.requests.length;
    expect(asked).toBe(MAX_RETRY_DURATION_MS / RETRY_INTERVAL_MS);
    await clock.advance(MAX_RETRY_DURATION_MS);
    expect([agent.requests.length, clock.timers()]).toEqual([asked, 0]);
    watch.windowOpened();
    expect(agent.requests).toHaveLength(asked + 1);
  });

  it("is not tried any more after the controller stopped", () => {
    watch.windowOpened();
    watch.stop();
    expect(clock.timers()).toBe(0);
  });
});
