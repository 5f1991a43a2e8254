import { describe, expect, it } from "vitest";
import { createFakeClock } from "../../platform/fake/fake-clock.ts";
import { createFakeLocalChannel } from "../../platform/fake/fake-local-channel.ts";
import type { LocalChannelPort, LoggedInUser } from "../../platform/ports/local-channel-port.ts";
import { createLog } from "../log.ts";
import { openLocalChannels } from "./local-channels.ts";
import { createStubAgent } from "./stub-agent.fixture.ts";

const ANNE: LoggedInUser = { id: "1000", user: "anne" };
const BEN: LoggedInUser = { id: "1001", user: "ben" };

function setUp(own: Partial<LocalChannelPort> = {}, opened: (user: string) => void = () => undefined) {
  const clock = createFakeClock();
  const fake = createFakeLocalChannel();
  const lines: string[] = [];
  const log = createLog({ level: "warn", wallMs: () => 0, write: (line) => void lines.push(line) });
  const agents = new Map([ANNE, BEN].map(({ id }) => [id, createStubAgent()]));
  const channels = openLocalChannels({
    channel: { ...fake, ...own },
    clock,
    log,
    openFor: async ({ id, user }) => {
      opened(user);
      return agents.get(id) ?? createStubAgent();
    },
  });
  // A module that was not needed before is loaded outside of any time of ours.
  const settle = async () => {
    await import("./user-channel.ts");
    await clock.advance(12_000);
  };
  return { clock, fake, lines, agents, channels, settle };
}

describe("the channels of a service", () => {
  it("exist for the users who are logged in", async () => {
    const { fake, settle } = setUp();
    await settle();
    expect(fake.opened()).toEqual([]);
    fake.logIn([ANNE, BEN]);
    await settle();
    expect(fake.opened()).toEqual(["1000", "1001"]);
    fake.logIn([BEN]);
    await settle();
    expect(fake.opened()).toEqual(["1001"]);
  });

  it("connect each user to an attachment of their own", async () => {
    const { clock, fake, agents, settle } = setUp();
    fake.logIn([ANNE, BEN]);
    await settle();
    fake.connectAs("1001")?.write('{"v":1,"id":1,"verb":"check"}\n');
    await clock.advance(0);
    await clock.advance(0);
    expect(agents.get("1001")?.requests).toEqual([["check"]]);
    expect(agents.get("1000")?.requests).toEqual([]);
  });

  it("close when their user logs out, with their connections", async () => {
    const { fake, settle } = setUp();
    fake.logIn([ANNE]);
    await settle();
    const stream = fake.connectAs("1000")?.resume();
    await settle();
    fake.logIn([]);
    await settle();
    expect(stream?.readableEnded).toBe(true);
  });

  it("never connect a user to the attachment of an earlier user with the same account number", async () => {
    const opened: string[] = [];
    const { fake, settle } = setUp({}, (user) => void opened.push(user));
    fake.logIn([ANNE]);
    await settle();
    const before = fake.connectAs("1000")?.resume();
    await settle();
    fake.logIn([{ id: "1000", user: "mallory" }]);
    await settle();
    expect(before?.readableEnded).toBe(true);
    fake.connectAs("1000")?.write('{"v":1,"id":1,"verb":"check"}\n');
    await settle();
    expect(opened).toEqual(["anne", "mallory"]);
  });

  it("are opened even if leftovers of an earlier service cannot be removed, which is logged", async () => {
    const removeLeft = () => Promise.reject(new Error("something is in the way"));
    const { fake, lines, settle } = setUp({ removeLeft });
    fake.logIn([ANNE]);
    await settle();
    expect(fake.opened()).toEqual(["1000"]);
    expect(lines).toEqual([expect.stringContaining("something is in the way")]);
  });

  it("are checked at intervals where no event reports logins", async () => {
    const { clock, fake, settle } = setUp({ watchUsers: () => () => undefined });
    await settle();
    fake.logIn([ANNE]);
    await settle();
    expect(fake.opened()).toEqual([]);
    await clock.advance(60_000);
    await settle();
    expect(fake.opened()).toEqual(["1000"]);
  });

  it("are checked every ten seconds at most, however often a user locks the screen", async () => {
    const looks: number[] = [];
    const { clock, fake, settle } = setUp({
      users: async () => {
        looks.push(clock.monotonicMs());
        return [ANNE];
      },
    });
    await settle();
    for (let nth = 0; nth < 50; nth += 1) {
      fake.logIn([ANNE]);
      await clock.advance(1_000);
    }
    expect(looks.length).toBeLessThanOrEqual(7);
  });

  it("stay as they are while the logged-in users are unknown, which is logged once", async () => {
    const { fake, lines, settle } = setUp();
    fake.logIn([ANNE]);
    await settle();
    for (let nth = 0; nth < 3; nth += 1) {
      fake.logIn(new Error("the login manager is away"));
      await settle();
    }
    expect(fake.opened()).toEqual(["1000"]);
    expect(lines.filter((line) => line.includes("the login manager is away"))).toHaveLength(1);
  });

  it("exist for other users when one cannot be opened, which is logged once and retried", async () => {
    const fake = createFakeLocalChannel();
    let tries = 0;
    const open: LocalChannelPort["open"] = (user, connected) => {
      if (user.id !== ANNE.id) return fake.open(user, connected);
      tries += 1;
      return Promise.reject(new Error("something is in the way"));
    };
    const { lines, settle } = setUp({ ...fake, open });
    fake.logIn([ANNE, BEN]);
    await settle();
    fake.logIn([ANNE, BEN]);
    await settle();
    expect(fake.opened()).toEqual(["1001"]);
    expect(tries).toBeGreaterThan(1);
    expect(lines.filter((line) => line.includes("something is in the way"))).toHaveLength(1);
  });

  it("are all removed when the service stops, and are not checked again", async () => {
    const { clock, fake, channels, settle } = setUp();
    fake.logIn([ANNE, BEN]);
    await settle();
    fake.connectAs("1000");
    await settle();
    await channels.close();
    await settle();
    expect(fake.opened()).toEqual([]);
    fake.logIn([ANNE]);
    await settle();
    expect([fake.opened(), clock.timers()]).toEqual([[], 0]);
  });
});
