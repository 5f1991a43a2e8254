import { beforeEach, describe, expect, it } from "vitest";
import { createStubAgent, type StubAgent } from "../../agent/local-channel/stub-agent.fixture.ts";
import { createLog } from "../../agent/log.ts";
import { createFakeClock, type FakeClock } from "../../platform/fake/fake-clock.ts";
import { type AgentLink, type Attachment, createAgentLink } from "./agent-link.ts";

type Service = { isInstalled: boolean; isRunning: boolean };

let clock: FakeClock;
let service: Service;
let engineFails: boolean;
let happened: string[];
let link: AgentLink;
let hangUp: () => void;
let serviceAgent: StubAgent;
let engineAgents: StubAgent[];

beforeEach(() => {
  clock = createFakeClock();
  service = { isInstalled: false, isRunning: false };
  engineFails = false;
  happened = [];
  engineAgents = [];
  link = createAgentLink({
    isServiceInstalled: async () => service.isInstalled,
    attach: async () => (service.isRunning ? attachment() : null),
    startEngine: async () => {
      if (engineFails) throw new Error("another agent runs");
      happened.push("engine starts");
      const agent = createStubAgent();
      engineAgents.push(agent);
      return {
        agent,
        stop: async (word) => {
          happened.push(`engine stops: ${word}`);
        },
        giveWay: async () => {
          happened.push("engine gives way");
        },
      };
    },
    clock,
    log: createLog({ level: "error", wallMs: () => 0, write: (line) => void happened.push(line) }),
  });
});

function attachment(): Attachment {
  const ended = Promise.withResolvers<string>();
  hangUp = () => ended.resolve("gone");
  serviceAgent = createStubAgent();
  serviceAgent.changeView({ state: { kind: "reporting" } });
  return { agent: serviceAgent, ended: ended.promise };
}

const LOOK_MS = 10_000;

describe("the tray's agent", () => {
  it("is its own engine where there is no service", async () => {
    await link.start();
    expect(link.role()).toBe("own-engine");
    expect(link.agent()).toBe(engineAgents[0]);
  });

  it("is the service where there is one, and no engine starts", async () => {
    service = { isInstalled: true, isRunning: true };
    await link.start();
    expect(link.role()).toBe("service");
    expect(link.agent()).toBe(serviceAgent);
    expect(happened).toEqual([]);
  });

  it("is none while an installed service is silent, so that two never report in turns", async () => {
    service = { isInstalled: true, isRunning: false };
    await link.start();
    expect(link.role()).toBe("service-silent");
    expect(link.agent()).toBeNull();
    service.isRunning = true;
    await clock.advance(LOOK_MS);
    expect(link.role()).toBe("service");
    expect(happened).toEqual([]);
  });

  it("ends its engine for good when a service came, and only then follows the service", async () => {
    await link.start();
    const seen: string[] = [];
    link.subscribe(() => seen.push(`${link.role()} after ${happened.at(-1)}`));
    service = { isInstalled: true, isRunning: true };
    await clock.advance(LOOK_MS);
    expect(link.agent()).toBe(serviceAgent);
    expect(seen).toEqual(["service after engine gives way"]);
    expect(engineAgents[0]?.listeners()).toBe(0);
  });

  it("stops its engine for a service that is installed and has yet to run", async () => {
    await link.start();
    service.isInstalled = true;
    await clock.advance(LOOK_MS);
    expect(link.role()).toBe("service-silent");
    expect(happened).toEqual(["engine starts", "engine gives way"]);
  });

  it("hands a pause on to the service that came, for what is left of it, once", async () => {
    await link.start();
    const untilMs = clock.wallMs() + 3_600_000;
    engineAgents[0]?.changeView({ state: { kind: "paused", untilMs } });
    service.isInstalled = true;
    await clock.advance(LOOK_MS);
    service.isRunning = true;
    await clock.advance(LOOK_MS);
    expect(serviceAgent.requests).toEqual([["pause", 3_600_000 - 2 * LOOK_MS]]);
    hangUp();
    await clock.advance(0);
    expect(serviceAgent.requests).toEqual([]);
  });

  it("hands no pause on that is over, or to a service that reports to nobody", async () => {
    await link.start();
    engineAgents[0]?.changeView({ state: { kind: "paused", untilMs: clock.wallMs() + LOOK_MS } });
    service = { isInstalled: true, isRunning: true };
    await clock.advance(LOOK_MS);
    expect(serviceAgent.requests).toEqual([]);
  });

  it("falls silent with the service, and finds it again", async () => {
    service = { isInstalled: true, isRunning: true };
    await link.start();
    service.isRunning = false;
    hangUp();
    await clock.advance(0);
    expect(link.role()).toBe("service-silent");
    expect(link.agent()).toBeNull();
    service.isRunning = true;
    await clock.advance(LOOK_MS);
    expect(link.role()).toBe("service");
  });

  it("runs its engine again once the service was uninstalled", async () => {
    service = { isInstalled: true, isRunning: true };
    await link.start();
    service = { isInstalled: false, isRunning: false };
    hangUp();
    await clock.advance(0);
    expect(link.role()).toBe("own-engine");
    expect(link.agent()).toBe(engineAgents[0]);
  });

  it("tells of each change of the view of whom it follows", async () => {
    await link.start();
    let told = 0;
    link.subscribe(() => (told += 1));
    engineAgents[0]?.changeView({ unreadMessages: 1 });
    expect(told).toBe(1);
  });

  it("tries again when the engine does not start", async () => {
    engineFails = true;
    await link.start();
    expect(link.agent()).toBeNull();
    expect(happened.join()).toContain("another agent runs");
    engineFails = false;
    await clock.advance(LOOK_MS);
    expect(link.agent()).toBe(engineAgents[0]);
  });

  it("ends with the word it is given, and never looks again", async () => {
    await link.start();
    await link.stop("shutting-down");
    expect(happened.at(-1)).toBe("engine stops: shutting-down");
    service = { isInstalled: true, isRunning: true };
    await clock.advance(10 * LOOK_MS);
    expect(link.agent()).toBeNull();
    expect(clock.timers()).toBe(0);
  });

  it("lets go of the service when it ends, which goes on without it", async () => {
    service = { isInstalled: true, isRunning: true };
    await link.start();
    await link.stop("agent-stopped");
    expect(serviceAgent.closed()).toBe(1);
    expect(happened).toEqual([]);
  });
});
