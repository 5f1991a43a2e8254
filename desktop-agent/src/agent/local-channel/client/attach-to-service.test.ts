import type { Duplex } from "node:stream";
import { MAX_LOCAL_ANSWER_BYTES } from "@muster/shared/protocol/local-protocol.ts";
import { describe, expect, it } from "vitest";
import { createFakeClock } from "../../../platform/fake/fake-clock.ts";
import { createFakeLocalChannel } from "../../../platform/fake/fake-local-channel.ts";
import type { LocalAgent } from "../../local-agent.ts";
import { createLog } from "../../log.ts";
import { createStubAgent, STUB_VIEW } from "../stub-agent.fixture.ts";
import { SILENCE_TIMEOUT_MS, servePeer } from "../serve-peer.ts";
import { createCostlyRequestAllowance } from "../peer-limits.ts";
import { attachToService, VIEW_TIMEOUT_MS } from "./attach-to-service.ts";
import { ANSWER_TIMEOUT_MS } from "./service-connection.ts";

const ID = "01890a5d-ac96-774b-bcce-b302099a8057";
const log = createLog({ level: "error", wallMs: () => 0, write: () => undefined });

/** A person's program, and a service that is the real one unless `serve` is something else. */
async function setUp({
  own = {},
  serve,
}: {
  own?: Partial<LocalAgent>;
  serve?: (there: Duplex) => void;
} = {}) {
  const clock = createFakeClock();
  const channel = createFakeLocalChannel();
  const agent = createStubAgent(own);
  let peer: Duplex | undefined;
  await channel.open({ id: channel.own.id, user: "anne" }, (there) => {
    peer = there;
    if (serve) serve(there);
    else servePeer(there, { clock, agent, costlyRequests: createCostlyRequestAllowance(clock) });
  });
  const attaching = attachToService({ channel, clock, log });
  await clock.advance(0);
  await clock.advance(0);
  return { clock, agent, attaching, peer: () => peer };
}

async function attached(options?: Parameters<typeof setUp>[0]) {
  const set = await setUp(options);
  const service = await set.attaching;
  if (!service) throw new Error("it was not attached");
  return { ...set, service };
}

const answer = (answered: unknown, id = 1) => `${JSON.stringify({ v: 1, id, answer: answered })}\n`;

describe("a program that is attached to the service", () => {
  it("receives the view immediately, and each change of it", async () => {
    const { clock, agent, service } = await attached();
    expect(service.agent.view()).toEqual(STUB_VIEW);
    let told = 0;
    const cancel = service.agent.subscribe(() => {
      told += 1;
    });
    agent.changeView({ hostname: "desk-02" });
    await clock.advance(1_000);
    expect([service.agent.view().hostname, told]).toEqual(["desk-02", 1]);
    cancel();
    agent.changeView({ hostname: "desk-03" });
    await clock.advance(1_000);
    expect([service.agent.view().hostname, told]).toEqual(["desk-03", 1]);
  });

  it("has every resource and request answered by the engine", async () => {
    const { agent, service } = await attached();
    const { agent: there } = service;
    expect(await there.readHour()).toEqual([]);
    expect(await there.readMessages()).toEqual([]);
    expect(await there.readDisclosedData()).toEqual({ items: [], intervalS: 30, kept: null });
    expect(await there.readRecord()).toEqual({
      actions: [],
      compared: { kind: "no", reason: "not enrolled" },
    });
    expect((await there.readLog({ kind: "after", run: "r1", byte: 5 })).run).toBe("r1");
    await there.checkNow();
    await there.pause(null);
    await there.resume();
    await there.acknowledge(ID, { what: "pressed", button: "Yes" });
    expect(await there.postpone(ID, 5)).toEqual({ kind: "done" });
    expect(agent.requests).toEqual([
      ["check"],
      ["pause", null],
      ["resume"],
      ["acknowledge", ID, { what: "pressed", button: "Yes" }],
      ["postpone", ID, 5],
    ]);
  });

  it("receives the reason why the engine could not do it", async () => {
    const { service } = await attached({
      own: { readDisclosedData: () => Promise.reject(new Error("no policy yet")) },
    });
    await expect(service.agent.readDisclosedData()).rejects.toThrow("no policy yet");
    expect(await service.agent.checkNow()).toEqual({ kind: "done" });
  });

  it("stays attached for a day without any change", async () => {
    const { clock, service, peer } = await attached();
    await clock.advance(8 * SILENCE_TIMEOUT_MS);
    expect(peer()?.destroyed).toBe(false);
    expect(await service.agent.checkNow()).toEqual({ kind: "done" });
  });

  it("is notified when the service ends, and its open requests fail", async () => {
    const { service, peer } = await attached({ own: { readHour: () => new Promise(() => undefined) } });
    const asked = service.agent.readHour();
    peer()?.destroy();
    await expect(asked).rejects.toThrow("closed");
    await expect(service.ended).resolves.toContain("closed");
    await expect(service.agent.checkNow()).rejects.toThrow("not reached");
  });

  it("closes the connection when it is closed, and leaves no timer", async () => {
    const { clock, service, peer } = await attached();
    service.agent.close();
    await clock.advance(0);
    expect([peer()?.destroyed, clock.timers()]).toEqual([true, 0]);
  });

  it("disconnects from a service that hangs", async () => {
    const { clock, service } = await attached({
      serve: (there) => there.once("data", () => there.write(answer(STUB_VIEW))),
    });
    await clock.advance(60_000 + VIEW_TIMEOUT_MS);
    await expect(service.ended).resolves.toContain("does not answer");
  });

  it("disconnects from a service that accepts a request and never answers it", async () => {
    const { clock, service } = await attached({ own: { readRecord: () => new Promise(() => undefined) } });
    const asked = service.agent.readRecord();
    asked.catch(() => undefined);
    await clock.advance(ANSWER_TIMEOUT_MS);
    await expect(asked).rejects.toThrow("does not answer");
    await expect(service.ended).resolves.toContain("does not answer");
  });

  it.each<[string, string | Buffer]>([
    ["no JSON", "hello\n"],
    ["a view of another shape", `${JSON.stringify({ v: 1, view: { ...STUB_VIEW, hostname: 7 } })}\n`],
    ["a message without end", Buffer.alloc(MAX_LOCAL_ANSWER_BYTES, "a")],
  ])("closes the connection to a service that sends %s", async (_, said) => {
    const { service, peer } = await attached();
    peer()?.write(said);
    await expect(service.ended).resolves.toContain("The service sent");
  });

  it("accepts nothing else as an answer", async () => {
    const { service, peer } = await attached({
      serve: (there) => there.once("data", () => there.write(answer(STUB_VIEW))),
    });
    const asked = service.agent.pause(null);
    peer()?.write(answer({ kind: "granted" }, 2));
    await expect(asked).rejects.toThrow();
  });
});

describe("a program that looks for the service", () => {
  it("finds none where nothing listens", async () => {
    const channel = createFakeLocalChannel();
    expect(await attachToService({ channel, clock: createFakeClock(), log })).toBeNull();
  });

  it("does not accept a service of another version", async () => {
    const refused = { v: 2, id: 1, refused: { code: "version", message: "This agent speaks version 2." } };
    const { clock, attaching, peer } = await setUp({
      serve: (there) => there.once("data", () => there.write(`${JSON.stringify(refused)}\n`)),
    });
    expect(await attaching).toBeNull();
    await clock.advance(0);
    expect(peer()?.readableEnded).toBe(true);
  });

  it("does not accept a service that accepts the connection and sends nothing", async () => {
    const { clock, attaching } = await setUp({ serve: () => undefined });
    await clock.advance(VIEW_TIMEOUT_MS);
    expect(await attaching).toBeNull();
  });
});
