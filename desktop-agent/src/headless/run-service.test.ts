import { describe, expect, it } from "vitest";
import { createContext } from "../agent-host/context.ts";
import { readIdentity } from "../agent/identity/device-identity.ts";
import type { LocalUser } from "../agent/local-agent.ts";
import { createStubAgent } from "../agent/local-channel/stub-agent.fixture.ts";
import { createLog } from "../agent/log.ts";
import { followLocalServer, prepareAdministratorFolder, serveLocalUsers } from "./run-service.ts";
import { createFakePlatform, type FakePlatform } from "../platform/fake/fake-platform.ts";
import type { Platform } from "../platform/ports.ts";
import { HOME, storeIdentity } from "../../../tests/harness/fake-agent.ts";

const log = createLog({ level: "error", wallMs: () => 0, write: () => undefined });

async function serve(
  fake: FakePlatform,
  { isMachineService = true, own = {} }: { isMachineService?: boolean; own?: Partial<Platform> } = {},
) {
  const people: LocalUser[] = [];
  const openFor = async (person: LocalUser) => {
    people.push(person);
    return createStubAgent();
  };
  fake.localChannel.logIn([{ id: "1000", user: "anne" }]);
  const platform = { ...fake, ...own };
  const channels = await serveLocalUsers({ platform, isMachineService }, { openFor }, log);
  await import("../agent/local-channel/user-channel.ts");
  await fake.clock.advance(0);
  fake.localChannel.connectAs("1000");
  await fake.clock.advance(0);
  return { channels, people };
}

describe("the users of a machine's service", () => {
  it.each([
    ["linux", "anne", true],
    ["linux", "Anne", false],
    ["windows", "Anne", true],
    ["linux", "ben", false],
    ["linux", null, false],
  ] as const)(
    "are at the console of %s where its user %j is the local user: %j",
    async (family, user, isThere) => {
      const fake = createFakePlatform({ session: { user, idleSinceMs: null } });
      const { people } = await serve(fake, { own: { family } });
      expect(people.map((person) => person.user)).toEqual(["anne"]);
      expect(await people[0]?.isAtConsole()).toBe(isThere);
    },
  );

  it("are not at a console that cannot be read", async () => {
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

  it("are not served by an agent that is not the machine's service", async () => {
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

describe("the folder of the administrator's file", () => {
  const prepared = async (isMachineService: boolean, prepareFolder: (path: string) => Promise<void>) => {
    const fake = createFakePlatform();
    const asked: string[] = [];
    const logged: string[] = [];
    const note = createLog({ level: "warn", wallMs: () => 0, write: (line) => void logged.push(line) });
    const administratorFiles = {
      ...fake.administratorFiles,
      prepareFolder: (path: string) => {
        asked.push(path);
        return prepareFolder(path);
      },
    };
    const platform = { ...fake, administratorFiles };
    await prepareAdministratorFolder({ platform, isMachineService, allowedActions: "C:\\x\\a.json" }, note);
    return { asked, logged };
  };

  it("is made by the service of the machine alone, which goes on when that fails", async () => {
    const succeed = async () => undefined;
    expect(await prepared(true, succeed)).toEqual({ asked: ["C:\\x\\a.json"], logged: [] });
    expect((await prepared(false, succeed)).asked).toEqual([]);
    const { logged } = await prepared(true, () => Promise.reject(new Error("access denied")));
    expect(logged.join()).toContain("access denied");
  });
});

describe("the machine's own agent", () => {
  it.each([
    [{}, true],
    [{ MUSTER_AGENT_HOME: "/var/lib/muster-agent" }, true],
    [{ MUSTER_AGENT_HOME: "/home/anne/agent" }, false],
    [{ MUSTER_AGENT_HOME: "/home/anne/agent", MUSTER_AGENT_RUN_DIR: "/run/other" }, true],
  ])(
    "is the one with the default home, or with a given folder for its channels: %j",
    async (environment, expected) => {
      const made = await createContext(environment, undefined, async () => createFakePlatform());
      expect(made).toMatchObject({ kind: "ready", context: { isMachineService: expected } });
    },
  );
});

async function follow(enrolledAt: string, given: string) {
  const platform = createFakePlatform();
  const server = { url: enrolledAt, caPem: null, insecureHttp: false };
  await storeIdentity(platform, { server });
  const hasChanged = await followLocalServer({ platform, home: HOME }, given);
  const stored = await readIdentity(platform.files, HOME);
  return { hasChanged, url: stored.kind === "enrolled" && stored.identity.server.url };
}

describe("an agent on the same machine as its server", () => {
  it("uses the server's new port", async () => {
    expect(await follow("http://127.0.0.1:8080", "http://127.0.0.1:9090")).toEqual({
      hasChanged: true,
      url: "http://127.0.0.1:9090",
    });
  });

  it.each([
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080/"],
    ["http://127.0.0.1:8080", "https://fleet.example"],
    ["https://fleet.example", "http://127.0.0.1:8080"],
    ["http://127.0.0.1:8080", "no address"],
  ])("stays at %s when it is given %s", async (enrolledAt, given) => {
    expect(await follow(enrolledAt, given)).toEqual({ hasChanged: false, url: enrolledAt });
  });
});
