import { type Duplex, duplexPair } from "node:stream";
import { describe, expect, it } from "vitest";
import { createFakeClock } from "../../platform/fake/fake-clock.ts";
import { createStubAgent } from "./stub-agent.fixture.ts";
import { createUserChannel, MAX_CONNECTIONS } from "./user-channel.ts";
import { COSTLY_REQUEST_BURST } from "./peer-limits.ts";

function setUp(openAgent?: () => Promise<never>) {
  const clock = createFakeClock();
  const agent = createStubAgent();
  let opened = 0;
  const channel = createUserChannel(
    clock,
    openAgent ??
      (async () => {
        opened += 1;
        return agent;
      }),
  );
  const connect = (): Duplex => {
    const [here, there] = duplexPair();
    channel.accept(there);
    here.on("error", () => undefined);
    return here;
  };
  return { clock, agent, channel, connect, opened: () => opened };
}

describe("the connections of one user", () => {
  it("share one attachment to the engine, from the first connection to the last", async () => {
    const { clock, agent, connect, opened } = setUp();
    const [first, second] = [connect(), connect()];
    await clock.advance(0);
    first.destroy();
    await clock.advance(0);
    expect([opened(), agent.closed()]).toEqual([1, 0]);
    second.destroy();
    await clock.advance(0);
    expect([opened(), agent.closed()]).toEqual([1, 1]);
    connect();
    await clock.advance(0);
    expect(opened()).toBe(2);
  });

  it("share one limit of requests, however many they are", async () => {
    const { clock, agent, connect } = setUp();
    const streams = [connect(), connect(), connect()];
    let refusals = 0;
    for (const stream of streams) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        refusals += text.split("Too many requests").length - 1;
      });
    }
    for (let id = 0; id < COSTLY_REQUEST_BURST; id += 1) {
      for (const stream of streams) stream.write(`{"v":1,"id":${id},"verb":"resume"}\n`);
      await clock.advance(100);
    }
    const took = agent.requests.length;
    expect(took).toBeLessThan(COSTLY_REQUEST_BURST + 25);
    expect(took + refusals).toBe(3 * COSTLY_REQUEST_BURST);
    await clock.advance(1_000);
    streams[0]?.write('{"v":1,"id":1,"verb":"resume"}\n');
    await clock.advance(0);
    expect(agent.requests).toHaveLength(took + 1);
  });

  it("are limited in number: another one gets an error and is closed", async () => {
    const { clock, connect } = setUp();
    const kept = Array.from({ length: MAX_CONNECTIONS }, connect);
    const extra = connect();
    let heard = "";
    extra.setEncoding("utf8").on("data", (chunk: string) => {
      heard += chunk;
    });
    await clock.advance(0);
    expect(JSON.parse(heard)).toMatchObject({ id: null, refused: { code: "too-many-connections" } });
    expect(extra.readableEnded).toBe(true);
    kept[0]?.destroy();
    await clock.advance(0);
    const next = connect();
    next.resume();
    await clock.advance(0);
    expect(next.readableEnded).toBe(false);
  });

  it("attach at most once a second when a user opens and closes them repeatedly", async () => {
    const { clock, connect } = setUp();
    const served = async () => {
      const stream = connect();
      stream.resume();
      await clock.advance(0);
      const isServed = !stream.readableEnded;
      stream.destroy();
      await clock.advance(0);
      return isServed;
    };
    let count = 0;
    for (let nth = 0; nth < 50; nth += 1) if (await served()) count += 1;
    expect(count).toBe(20);
    await clock.advance(1_000);
    expect([await served(), await served()]).toEqual([true, false]);
  });

  it("close when the engine cannot be opened", async () => {
    const { clock, connect } = setUp(() => Promise.reject(new Error("the disk is full")));
    const stream = connect();
    stream.resume();
    await clock.advance(0);
    await clock.advance(0);
    expect(stream.readableEnded).toBe(true);
  });

  it("close together", async () => {
    const { clock, agent, channel, connect } = setUp();
    connect();
    connect();
    await clock.advance(0);
    channel.close();
    await clock.advance(0);
    expect([agent.closed(), agent.listeners(), clock.timers()]).toEqual([1, 0, 0]);
  });
});
