import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import type { ActionSettings } from "../../desktop-agent/src/agent/actions/device-actions.ts";
import { createAgentHome } from "../../desktop-agent/src/agent/state/agent-home.ts";
import type { Agent } from "../../desktop-agent/src/agent/agent.ts";
import { createAgent } from "../../desktop-agent/src/agent/create-agent.ts";
import {
  type DeviceIdentity,
  writeIdentity,
} from "../../desktop-agent/src/agent/identity/device-identity.ts";
import { createLog } from "../../desktop-agent/src/agent/log.ts";
import { readMachineIdentity } from "../../desktop-agent/src/agent/identity/machine-identity.ts";
import { createCollectors } from "../../desktop-agent/src/collectors/create-collectors.ts";
import { createMountExclusions } from "../../desktop-agent/src/collectors/mount-exclusions.ts";
import { createFakeClock } from "../../desktop-agent/src/platform/fake/fake-clock.ts";
import { createFakeFiles } from "../../desktop-agent/src/platform/fake/fake-files.ts";
import {
  createFakePlatform,
  type FakePlatform,
} from "../../desktop-agent/src/platform/fake/fake-platform.ts";
import { createMemoryServer, type MemoryServer } from "./memory-server.ts";

export const HOME = createAgentHome("/var/lib/muster-agent");
export const INTERVAL_S = 30;
const KEY_FILE = "device-key-0000000000000000.pem";
const ID = "01890a5d-ac96-774b-bcce-b302099a8057";

export type FakeAgent = {
  agent: Agent;
  platform: FakePlatform;
  server: MemoryServer;
  logged: string[];
  /** Lets time pass in seconds. */
  pass(seconds: number): Promise<void>;
  /** As `kill -9` and a new start: the process ends, the files stay. */
  crashAndStart(): Promise<FakeAgent>;
  /** As a power cut and a new boot: only what was on the disk is left; `disk` is what it held at that moment. */
  cutPowerAndStart(disk?: ReadonlyMap<string, string>): Promise<FakeAgent>;
};

/** Makes the machine of `platform` an enrolled one. */
export async function storeIdentity(
  platform: FakePlatform,
  change: Partial<DeviceIdentity> = {},
): Promise<void> {
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  await platform.files.replace(join(HOME.root, KEY_FILE), pem, { sync: true });
  await writeIdentity(platform.files, HOME, {
    version: 1,
    deviceId: ID,
    credential: "md_test",
    intervalS: INTERVAL_S,
    organization: { id: ID, name: "Example", signingKeys: [] },
    machine: await readMachineIdentity(platform.identity),
    server: { url: "https://fleet.example", caPem: null, insecureHttp: false },
    keyFile: KEY_FILE,
    enrolledAtMs: platform.clock.wallMs(),
    ...change,
  });
}

/** An agent on a fake machine that is enrolled with a server in memory; not started yet. */
export async function makeAgent(
  platform: FakePlatform = createFakePlatform(),
  server: MemoryServer = createMemoryServer(),
  options: {
    isEnrolled?: boolean;
    intervalS?: number | null;
    random?: () => number;
    actions?: Partial<ActionSettings>;
  } = {},
): Promise<FakeAgent> {
  if (options.isEnrolled !== false && (await platform.files.read(HOME.identity)) === null) {
    await storeIdentity(platform);
  }
  const logged: string[] = [];
  const { clock } = platform;
  const mountExclusions = createMountExclusions();
  const agent = createAgent({
    platform,
    collectors: createCollectors(platform, mountExclusions),
    mountExclusions,
    home: HOME,
    log: createLog({ level: "info", wallMs: clock.wallMs, write: (line) => void logged.push(line) }),
    random: options.random ?? createRandom(platform.clock.monotonicMs() + platform.clock.sinceBootMs()),
    pid: 100,
    agent: { version: "0.1.0", runtime: "Node 24", variant: "headless" },
    intervalS: options.intervalS ?? null,
    actions: {
      logPath: join(HOME.logs, "agent.log"),
      allowedActions: platform.storage.allowedActions(),
      restartAgent: null,
      ...options.actions,
    },
    connect: server.connect,
  });
  return {
    agent,
    platform,
    server,
    logged,
    pass: (seconds) => clock.advance(seconds * 1000),
    crashAndStart: async () => {
      const next = await makeAgent(await copyMachine(platform, platform.files.contents), server, options);
      await next.agent.start();
      return next;
    },
    cutPowerAndStart: async (disk = platform.files.durable) => {
      const machine = await copyMachine(platform, disk);
      machine.machine.bootId = `after-${platform.machine.bootId}`;
      const next = await makeAgent(machine, server, options);
      await next.agent.start();
      return next;
    },
  };
}

/** The same machine at the same time with the same files, without the timers and watchers of the dead process. */
async function copyMachine(
  platform: FakePlatform,
  contents: ReadonlyMap<string, string>,
): Promise<FakePlatform> {
  const files = createFakeFiles();
  for (const [path, text] of contents) await files.replace(path, text, { sync: true });
  const clock = createFakeClock();
  clock.sleep(platform.clock.sinceBootMs() - clock.sinceBootMs());
  clock.setWall(platform.clock.wallMs());
  return createFakePlatform(platform.machine, { files, clock });
}

/** Numbers that look random and are the same in each run of a test. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
