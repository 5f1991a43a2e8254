import { type Duplex, duplexPair } from "node:stream";
import { LocalMessage } from "@muster/shared/contracts/local-agent.ts";
import { MAX_LOCAL_REQUEST_BYTES } from "@muster/shared/protocol/local-protocol.ts";
import { describe, expect, it } from "vitest";
import { createFakeClock, type FakeClock } from "../../platform/fake/fake-clock.ts";
import type { LocalAgent } from "../local-agent.ts";
import { createStubAgent } from "./stub-agent.fixture.ts";
import {
  MAX_INVALID_MESSAGES,
  MAX_IN_FLIGHT,
  MESSAGE_TIMEOUT_MS,
  READ_TIMEOUT_MS,
  servePeer,
  SILENCE_TIMEOUT_MS,
} from "./serve-peer.ts";
import { createCostlyRequestAllowance } from "./peer-limits.ts";

function connect(own: Partial<LocalAgent> = {}) {
  const clock = createFakeClock();
  const agent = createStubAgent(own);
  const [here, there] = duplexPair();
  servePeer(there, { clock, agent, costlyRequests: createCostlyRequestAllowance(clock) });
  return { clock, agent, here, there };
}

/** Collects what the service says. Reading begins with this call. */
function listen(here: Duplex) {
  let text = "";
  here.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  const lines = () => text.split("\n").filter((line) => line !== "");
  return { messages: () => lines().map((line) => LocalMessage.parse(JSON.parse(line))) };
}

const ask = (id: number, request: object) => `${JSON.stringify({ v: 1, id, ...request })}\n`;

/** Lets streams and promises go on; no time passes on the clock. */
const settle = (clock: FakeClock) => clock.advance(0).then(() => clock.advance(0));

describe("a connection to the service", () => {
  it("is answered under the number of each request", async () => {
    const { clock, here, agent } = connect();
    const heard = listen(here);
    here.write(ask(1, { verb: "pause", forMs: 60_000 }) + ask(2, { verb: "read", what: "hour" }));
    await settle(clock);
    expect(heard.messages()).toEqual([
      { v: 1, id: 1, answer: { kind: "done" } },
      { v: 1, id: 2, answer: [] },
    ]);
    expect(agent.requests).toEqual([["pause", 60_000]]);
  });

  it("receives each change of the view after it subscribed, and simultaneous changes once", async () => {
    const { clock, here, agent } = connect();
    const heard = listen(here);
    agent.changeView({ hostname: "before" });
    here.write(ask(1, { verb: "watch" }));
    await settle(clock);
    agent.changeView({ hostname: "then" });
    agent.changeView({ hostname: "now" });
    await clock.advance(1_000);
    const told = heard.messages().map((message) => ("view" in message ? message.view.hostname : "answer"));
    expect(told).toEqual(["answer", "now"]);
  });

  it("receives nothing if the view became what it was", async () => {
    const { clock, here, agent } = connect();
    const heard = listen(here);
    here.write(ask(1, { verb: "watch" }));
    await settle(clock);
    agent.changeView({});
    await clock.advance(1_000);
    expect(heard.messages()).toHaveLength(1);
  });

  it("has a limited number of requests processed at the same time, and all of them eventually", async () => {
    const waiting: (() => void)[] = [];
    const readHour = () => new Promise<[]>((resolve) => waiting.push(() => resolve([])));
    const { clock, here } = connect({ readHour });
    const heard = listen(here);
    for (let id = 1; id <= 10; id += 1) here.write(ask(id, { verb: "read", what: "hour" }));
    await settle(clock);
    expect(waiting).toHaveLength(MAX_IN_FLIGHT);
    while (waiting.length > 0) {
      waiting.shift()?.();
      await settle(clock);
    }
    expect(heard.messages()).toHaveLength(10);
  });

  it("is limited to ten requests a second, without being closed", async () => {
    const { clock, here, agent } = connect();
    listen(here);
    for (let id = 1; id <= 100; id += 1) here.write(ask(id, { verb: "check" }));
    await settle(clock);
    const atOnce = agent.requests.length;
    await clock.advance(1_000);
    expect(agent.requests.length - atOnce).toBe(10);
    expect(atOnce).toBe(40);
    expect(here.destroyed).toBe(false);
  });

  it("is not read while it waits: further data stays in its own buffer", async () => {
    const { clock, here } = connect();
    listen(here);
    const chunk = ask(1, { verb: "check" }).repeat(200);
    let takenBytes = 0;
    for (let nth = 0; nth < 500; nth += 1) here.write(chunk, () => (takenBytes += chunk.length));
    await clock.advance(1_000);
    expect(takenBytes).toBeLessThan(200_000);
  });

  it("receives the reason why a message is refused, and is closed after several of them", async () => {
    const { clock, here, there } = connect();
    const heard = listen(here);
    for (let id = 1; id < MAX_INVALID_MESSAGES; id += 1) here.write(ask(id, { verb: "run", command: "id" }));
    await settle(clock);
    expect(there.destroyed).toBe(false);
    here.write("garbage\n");
    await settle(clock);
    expect(there.destroyed).toBe(true);
    expect(heard.messages()).toHaveLength(MAX_INVALID_MESSAGES);
    expect(heard.messages()[0]).toMatchObject({ id: 1, refused: { code: "unknown-verb" } });
  });

  it("is closed when a line is too long, before the line ends", async () => {
    const { clock, here, there } = connect();
    const heard = listen(here);
    here.write("a".repeat(MAX_LOCAL_REQUEST_BYTES));
    await settle(clock);
    expect(heard.messages()).toMatchObject([{ id: null, refused: { code: "too-long" } }]);
    expect(there.destroyed).toBe(true);
  });

  it("is closed when a message does not end in time, and not otherwise", async () => {
    const late = connect();
    late.here.write('{"v":1,');
    await late.clock.advance(MESSAGE_TIMEOUT_MS);
    expect(late.there.destroyed).toBe(true);

    const slow = connect();
    listen(slow.here);
    const message = ask(1, { verb: "check" });
    slow.here.write(message.slice(0, 9));
    await slow.clock.advance(MESSAGE_TIMEOUT_MS - 1);
    slow.here.write(message.slice(9));
    await slow.clock.advance(MESSAGE_TIMEOUT_MS);
    expect(slow.there.destroyed).toBe(false);
    expect(slow.agent.requests).toEqual([["check"]]);
  });

  it("is closed when it reads nothing, and gets nothing more until then", async () => {
    const text = "x".repeat(200_000);
    const { clock, here, there } = connect({
      readLog: async () => ({ run: "r1", text, fromByte: 0, toByte: text.length, sizeBytes: text.length }),
    });
    for (let id = 1; id <= 30; id += 1)
      here.write(ask(id, { verb: "read", what: "log", place: { kind: "end" } }));
    await settle(clock);
    expect(there.writableLength).toBeLessThanOrEqual(MAX_IN_FLIGHT * 200_100);
    await clock.advance(READ_TIMEOUT_MS);
    expect(there.destroyed).toBe(true);
  });

  it("is closed after a long silence, and not while it sends keepalives", async () => {
    const silent = connect();
    await silent.clock.advance(SILENCE_TIMEOUT_MS);
    expect(silent.there.destroyed).toBe(true);

    const alive = connect();
    listen(alive.here);
    for (let id = 1; id <= 3; id += 1) {
      await alive.clock.advance(SILENCE_TIMEOUT_MS - 1);
      alive.here.write(ask(id, { verb: "watch" }));
      await settle(alive.clock);
    }
    expect(alive.there.destroyed).toBe(false);
  });

  it("receives an error of the agent, and continues", async () => {
    const readRecord = () => Promise.reject(new Error("the disk is full"));
    const { clock, here } = connect({ readRecord });
    const heard = listen(here);
    here.write(ask(1, { verb: "read", what: "record" }) + ask(2, { verb: "check" }));
    await settle(clock);
    expect(heard.messages()).toContainEqual({
      v: 1,
      id: 1,
      refused: { code: "failed", message: "the disk is full" },
    });
    expect(heard.messages()).toContainEqual({ v: 1, id: 2, answer: { kind: "done" } });
  });

  it("leaves no timer and no listener behind", async () => {
    const { clock, here, agent } = connect();
    listen(here);
    here.write(ask(1, { verb: "watch" }));
    await settle(clock);
    expect(agent.listeners()).toBe(1);
    here.destroy();
    await settle(clock);
    expect([agent.listeners(), clock.timers()]).toEqual([0, 0]);
  });
});
