import { existsSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { startAgentServer } from "../harness/agent-server.ts";
import { type ChannelWorld, obstacleToUsers, startChannelWorld } from "../harness/channel-world.ts";
import { withUnitsRights } from "../harness/service-sandbox.ts";
import { ANN, BEN } from "../harness/logged-in-users.ts";

const obstacle = obstacleToUsers();
const name = obstacle === null ? "a service and people" : `a service and people (skipped: ${obstacle})`;
const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const undo of cleanUp.splice(0).toReversed()) await undo();
});

async function start(wrapper: readonly string[] = []): Promise<ChannelWorld> {
  const world = await startChannelWorld([ANN, BEN], { wrapper });
  cleanUp.push(() => world.remove());
  return world;
}

const isAttached = (said: Record<string, unknown>) => "attached" in said;

describe.skipIf(obstacle !== null)(name, () => {
  it("connect over the channels of their own accounts", async () => {
    const world = await start();
    const [ann, ben] = [world.attach(ANN), world.attach(BEN)];
    const [{ attached: hers }, { attached: his }] = [
      await ann.until(isAttached),
      await ben.until(isAttached),
    ];
    expect(hers).toMatchObject({ agent: { variant: "headless" }, state: { kind: "not-enrolled" } });
    expect(his).toEqual(hers);
    expect(await ann.ask("readMessages")).toEqual([]);
    expect(await ben.ask("readLog", { kind: "end" })).toMatchObject({
      text: expect.stringContaining("Muster agent"),
    });
  });

  it("connect also where the service has only the rights of its unit, and it removes what it created", async () => {
    const world = await start(await withUnitsRights());
    const [ann, ben] = [world.attach(ANN), world.attach(BEN)];
    await Promise.all([ann.until(isAttached), ben.until(isAttached)]);
    await world.service().kill();
    world.startService();
    await ann.until((said) => isAttached(said) && said !== ann.messages.find(isAttached));
    expect((await world.service().stop()).code).toBe(0);
    expect(existsSync(world.users.runFolder)).toBe(false);
  });

  it("let only the user at the console pause", async () => {
    const ann = (await start()).attach(ANN);
    await ann.until(isAttached);
    expect(await ann.ask("pause", null)).toEqual({ kind: "refused", why: "not-at-console", message: null });
  });

  it("are notified when the machine joins a server", async () => {
    const world = await start();
    const server = await startAgentServer({ intervalS: 1 });
    cleanUp.push(() => server.close());
    const ann = world.attach(ANN);
    await ann.until(isAttached);
    expect((await world.home.enrol(server.url)).code).toBe(0);
    const isReporting = ({ view }: Record<string, unknown>) =>
      JSON.stringify(view ?? {}).includes('"reporting"');
    expect(await ann.until(isReporting)).toMatchObject({ view: { enrolled: { server: server.url } } });
    expect(await ann.until(({ view }) => JSON.stringify(view ?? {}).includes('"sample"'))).toBeDefined();
  });

  it("reconnect after the service was killed, with its sockets left behind", async () => {
    const world = await start();
    const ann = world.attach(ANN);
    await ann.until(isAttached);
    await world.service().kill();
    await ann.until((said) => "ended" in said);
    expect(existsSync(world.socketOf(ANN))).toBe(true);
    world.startService();
    await ann.until((said) => isAttached(said) && said !== ann.messages.find(isAttached));
    expect(await ann.ask("readMessages")).toEqual([]);
  });

  it("leave nothing when the service stops, also while users are connected", async () => {
    const world = await start();
    const ann = world.attach(ANN);
    await ann.until(isAttached);
    expect((await world.service().stop()).code).toBe(0);
    await ann.until((said) => "ended" in said);
    expect(existsSync(world.users.runFolder)).toBe(false);
  });
});
