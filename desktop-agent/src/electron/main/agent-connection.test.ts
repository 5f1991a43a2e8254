import { beforeEach, describe, expect, it } from "vitest";
import { createStubAgent, type StubAgent } from "../../agent/local-channel/stub-agent.fixture.ts";
import { createLog } from "../../agent/log.ts";
import { createFakeClock, type FakeClock } from "../../platform/fake/fake-clock.ts";
import {
  type AgentConnection,
  type Attachment,
  chooseRole,
  createAgentConnection,
} from "./agent-connection.ts";

type Service = { isInstalled: boolean; isRunning: boolean };

let clock: FakeClock;
let service: Service;
let engineFails: boolean;
let happened: string[];
let connection: AgentConnection;
let hangUp: () => void;
let serviceAgent: StubAgent;
let engineAgents: StubAgent[];

beforeEach(() => {
  clock = createFakeClock();
  service = { isInstalled: false, isRunning: false };
  engineFails = false;
  happened = [];
  engineAgents = [];
  connection = createAgentConnection({
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
        handOver: async () => {
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
  it("is the embedded engine without a service", async () => {
    await connection.start();
    expect(connection.role()).toBe("embedded-engine");
    expect(connection.agent()).toBe(engineAgents[0]);
  });

  it("is the service if there is one, and no engine starts", async () => {
    service = { isInstalled: true, isRunning: true };
    await connection.start();
    expect(connection.role()).toBe("service");
    expect(connection.agent()).toBe(serviceAgent);
    expect(happened).toEqual([]);
  });

  it("is none while an installed service does not answer, so that the two never report alternately", async () => {
    service = { isInstalled: true, isRunning: false };
    await connection.start();
    expect(connection.role()).toBe("service-unreachable");
    expect(connection.agent()).toBeNull();
    service.isRunning = true;
    await clock.advance(LOOK_MS);
    expect(connection.role()).toBe("service");
    expect(happened).toEqual([]);
  });

  it("hands over the engine when a service appears, and only then uses the service", async () => {
    await connection.start();
    const seen: string[] = [];
    connection.subscribe(() => seen.push(`${connection.role()} after ${happened.at(-1)}`));
    service = { isInstalled: true, isRunning: true };
    await clock.advance(LOOK_MS);
    expect(connection.agent()).toBe(serviceAgent);
    expect(seen).toEqual(["service after engine gives way"]);
    expect(engineAgents[0]?.listeners()).toBe(0);
  });

  it("stops the engine for a service that is installed but not running yet", async () => {
    await connection.start();
    service.isInstalled = true;
    await clock.advance(LOOK_MS);
    expect(connection.role()).toBe("service-unreachable");
    expect(happened).toEqual(["engine starts", "engine gives way"]);
  });

  it("hands the rest of a pause over to a new service, once", async () => {
    await connection.start();
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

  it("does not hand over a pause that is over, or to a service that does not report", async () => {
    await connection.start();
    engineAgents[0]?.changeView({ state: { kind: "paused", untilMs: clock.wallMs() + LOOK_MS } });
    service = { isInstalled: true, isRunning: true };
    await clock.advance(LOOK_MS);
    expect(serviceAgent.requests).toEqual([]);
  });

  it("disconnects from a lost service, and finds it again", async () => {
    service = { isInstalled: true, isRunning: true };
    await connection.start();
    service.isRunning = false;
    hangUp();
    await clock.advance(0);
    expect(connection.role()).toBe("service-unreachable");
    expect(connection.agent()).toBeNull();
    service.isRunning = true;
    await clock.advance(LOOK_MS);
    expect(connection.role()).toBe("service");
  });

  it("starts the engine again once the service is uninstalled", async () => {
    service = { isInstalled: true, isRunning: true };
    await connection.start();
    service = { isInstalled: false, isRunning: false };
    hangUp();
    await clock.advance(0);
    expect(connection.role()).toBe("embedded-engine");
    expect(connection.agent()).toBe(engineAgents[0]);
  });

  it("notifies of each change of the current agent's view", async () => {
    await connection.start();
    let changes = 0;
    connection.subscribe(() => (changes += 1));
    engineAgents[0]?.changeView({ unreadMessages: 1 });
    expect(changes).toBe(1);
  });

  it("retries when the engine does not start", async () => {
    engineFails = true;
    await connection.start();
    expect(connection.agent()).toBeNull();
    expect(happened.join()).toContain("another agent runs");
    engineFails = false;
    await clock.advance(LOOK_MS);
    expect(connection.agent()).toBe(engineAgents[0]);
  });

  it("stops with the given last word, and never checks again", async () => {
    await connection.start();
    await connection.stop("shutting-down");
    expect(happened.at(-1)).toBe("engine stops: shutting-down");
    service = { isInstalled: true, isRunning: true };
    await clock.advance(10 * LOOK_MS);
    expect(connection.agent()).toBeNull();
    expect(clock.timers()).toBe(0);
  });

  it("disconnects from the service when it stops, which keeps running", async () => {
    service = { isInstalled: true, isRunning: true };
    await connection.start();
    await connection.stop("agent-stopped");
    expect(serviceAgent.closed()).toBe(1);
    expect(happened).toEqual([]);
  });
});

it.each([
  [{ isAnswering: true, isInstalled: true }, "service"],
  [{ isAnswering: true, isInstalled: false }, "service"],
  [{ isAnswering: false, isInstalled: true }, "service-unreachable"],
  [{ isAnswering: false, isInstalled: false }, "embedded-engine"],
] as const)("with %o the role is %s", (facts, role) => {
  expect(chooseRole(facts)).toBe(role);
});
