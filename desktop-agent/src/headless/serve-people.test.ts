import { describe, expect, it } from "vitest";
import { createQuietAgent } from "../agent/local-channel/quiet-agent.fixture.ts";
import type { LocalPerson } from "../agent/local-agent.ts";
import { createLog } from "../agent/log.ts";
import { createFakePlatform, type FakePlatform } from "../platform/fake/fake-platform.ts";
import type { Platform } from "../platform/ports.ts";
import { createContext } from "../agent-host/context.ts";
import { servePeople } from "./serve-people.ts";

const log = createLog({ level: "error", wallMs: () => 0, write: () => undefined });

async function serve(
  fake: FakePlatform,
  { isMachineService = true, own = {} }: { isMachineService?: boolean; own?: Partial<Platform> } = {},
) {
  const people: LocalPerson[] = [];
  const openFor = async (person: LocalPerson) => {
    people.push(person);
    return createQuietAgent();
  };
  fake.localChannel.logIn([{ id: "1000", user: "anne" }]);
  const platform = { ...fake, ...own };
  const channels = await servePeople({ platform, isMachineService }, { openFor }, log);
  await import("../agent/local-channel/user-channel.ts");
  await fake.clock.advance(0);
  fake.localChannel.connectAs("1000");
  await fake.clock.advance(0);
  return { channels, people };
}

describe("the people of a machine's service", () => {
  it.each([
    ["linux", "anne", true],
    ["linux", "Anne", false],
    ["windows", "Anne", true],
    ["linux", "ben", false],
    ["linux", null, false],
  ] as const)("are at the console of %s where its user %j is theirs: %j", async (family, user, isThere) => {
    const fake = createFakePlatform({ session: { user, idleSinceMs: null } });
    const { people } = await serve(fake, { own: { family } });
    expect(people.map((person) => person.user)).toEqual(["anne"]);
    expect(await people[0]?.isAtConsole()).toBe(isThere);
  });

  it("are not at a console that cannot be asked", async () => {
    const { people } = await serve(createFakePlatform(), {
      own: { sessions: { console: () => Promise.reject(new Error("no login manager")) } },
    });
    expect(await people[0]?.isAtConsole()).toBe(false);
  });

  it("are not at a console that does not answer in time", async () => {
    const fake = createFakePlatform();
    const hang = (signal: AbortSignal) =>
      new Promise<never>((_, reject) =>
        signal.addEventListener("abort", () => reject(new Error("given up"))),
      );
    const { people } = await serve(fake, { own: { sessions: { console: hang } } });
    const asked = people[0]?.isAtConsole();
    await fake.clock.advance(5_000);
    expect(await asked).toBe(false);
  });

  it("are not served by an agent that is not the machine's", async () => {
    const fake = createFakePlatform();
    await serve(fake, { isMachineService: false });
    expect(fake.localChannel.opened()).toEqual([]);
  });

  it("are not served by an ordinary account", async () => {
    const fake = createFakePlatform();
    await serve(fake, { own: { localChannel: { ...fake.localChannel, canServe: () => false } } });
    expect(fake.localChannel.opened()).toEqual([]);
  });
});

describe("the machine's own agent", () => {
  it.each([
    [{}, true],
    [{ MUSTER_AGENT_HOME: "/var/lib/muster-agent" }, true],
    [{ MUSTER_AGENT_HOME: "/home/anne/agent" }, false],
    [{ MUSTER_AGENT_HOME: "/home/anne/agent", MUSTER_AGENT_RUN_DIR: "/run/other" }, true],
  ])("is the one with the usual home, or told where its channels are: %j", async (environment, expected) => {
    const made = await createContext(environment, undefined, async () => createFakePlatform());
    expect(made).toMatchObject({ kind: "ready", context: { isMachineService: expected } });
  });
});
