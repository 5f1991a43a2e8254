import { beforeEach, describe, expect, it } from "vitest";
import { makeLocalView } from "../model/local-view.factory.ts";
import { createStubAgent, type StubAgent } from "../../agent/local-channel/stub-agent.fixture.ts";
import { createLog } from "../../agent/log.ts";
import { createFakeClock, type FakeClock } from "../../platform/fake/fake-clock.ts";
import { ASK_EVERY_MS, createServerWatch, LOOK_FOR_MS, type ServerWatch } from "./server-watch.ts";

const LOST = { isReached: false, lastDeliveredAtMs: 1, problem: "nothing listens" };
const REACHED = { isReached: true, lastDeliveredAtMs: 1, problem: null };

let clock: FakeClock;
let agent: StubAgent;
let isShown: boolean;
let watch: ServerWatch;

beforeEach(() => {
  clock = createFakeClock();
  agent = createStubAgent();
  agent.changeView(makeLocalView({ contact: LOST }));
  isShown = true;
  watch = createServerWatch({
    link: { agent: () => agent },
    isShown: () => isShown,
    clock,
    log: createLog({ level: "error", wallMs: () => 0, write: (line) => expect.fail(line) }),
  });
});

describe("a server that is lost", () => {
  it("is asked at once when somebody looks, and again while they do", async () => {
    watch.look();
    expect(agent.requests).toEqual([]);
    watch.opened();
    watch.look();
    expect(agent.requests).toEqual([["check"]]);
    await clock.advance(2 * ASK_EVERY_MS);
    expect(agent.requests).toHaveLength(3);
    isShown = false;
    await clock.advance(2 * ASK_EVERY_MS);
    expect([agent.requests.length, clock.timers()]).toEqual([3, 0]);
  });

  it("is asked no more once it was found", async () => {
    watch.opened();
    agent.changeView({ contact: REACHED });
    await clock.advance(2 * ASK_EVERY_MS);
    expect([agent.requests.length, clock.timers()]).toEqual([1, 0]);
  });

  it("is left to the agent while nobody looks, or nothing is to be reported", () => {
    isShown = false;
    watch.opened();
    isShown = true;
    agent.changeView({ state: { kind: "paused", untilMs: null } });
    watch.look();
    agent.changeView({ ...makeLocalView({ contact: LOST }), enrolled: null });
    watch.look();
    expect(agent.requests).toEqual([]);
  });

  it("is left to the agent after a while, until its status is opened again", async () => {
    watch.opened();
    await clock.advance(LOOK_FOR_MS);
    const asked = agent.requests.length;
    expect(asked).toBe(LOOK_FOR_MS / ASK_EVERY_MS);
    await clock.advance(LOOK_FOR_MS);
    expect([agent.requests.length, clock.timers()]).toEqual([asked, 0]);
    watch.opened();
    expect(agent.requests).toHaveLength(asked + 1);
  });

  it("is asked no more after the end", () => {
    watch.opened();
    watch.end();
    expect(clock.timers()).toBe(0);
  });
});
