import { createPublicKey } from "node:crypto";
import { join } from "node:path";
import { vi } from "vitest";
import type { ActionSettings } from "../../desktop-agent/src/agent/actions/device-actions.ts";
import { readIdentity } from "../../desktop-agent/src/agent/identity/device-identity.ts";
import type { FakeClock } from "../../desktop-agent/src/platform/fake/fake-clock.ts";
import {
  createFakePlatform,
  type FakePlatform,
} from "../../desktop-agent/src/platform/fake/fake-platform.ts";
import { type FakeAgent, HOME, INTERVAL_S, makeAgent, storeIdentity } from "./fake-agent.ts";
import { createMemoryActions, type MemoryActions } from "./memory-actions.ts";
import { createMemoryServer, type MemoryServer } from "./memory-server.ts";

export type ActionDevice = FakeAgent & {
  actions: MemoryActions;
  /** Resolves when the assertion holds; no time passes. */
  eventually(assertion: () => void): Promise<void>;
  /** As `kill -9` and a new start, on the same boot or the next. */
  crash(bootId?: string): Promise<ActionDevice>;
  /** As a power cut and the next boot, with what the disk held at that moment. */
  cutPower(disk: ReadonlyMap<string, string>): Promise<ActionDevice>;
  /** Until the next report is answered: what waits for a contact with the server goes on. */
  nextReport(): Promise<void>;
};

/** A running agent on a fake machine, enrolled with a server in memory that hands out actions. */
export async function startActionDevice(
  platform: FakePlatform = createFakePlatform(),
  settings: Partial<ActionSettings> = {},
): Promise<ActionDevice> {
  // The server's clock is an hour ahead, and goes on when the device's wall clock is set.
  const aheadMs = platform.clock.wallMs() - platform.clock.sinceBootMs() + 3_600_000;
  const time = { clock: platform.clock };
  const actions = createMemoryActions(() => time.clock.sinceBootMs() + aheadMs);
  await storeIdentity(platform, {
    organization: { id: ORGANIZATION, name: "Example", signingKeys: actions.signingKeys },
  });
  const stored = await readIdentity(platform.files, HOME);
  if (stored.kind !== "enrolled") throw new Error("the device is not enrolled");
  const { deviceId, keyFile } = stored.identity;
  const pem = (await platform.files.read(join(HOME.root, keyFile))) ?? "";
  const publicKey = createPublicKey(pem).export({ format: "jwk" }).x ?? "";
  actions.enrolled({ deviceId, organizationId: ORGANIZATION, publicKey });
  const server = createMemoryServer(actions);
  const made = await makeAgent(platform, server, { actions: settings });
  await made.agent.start();
  await made.pass(2);
  return createActionDevice(made, { actions, server, time });
}

const ORGANIZATION = "01890a5d-ac96-774b-bcce-000000000001";

type Around = { actions: MemoryActions; server: MemoryServer; time: { clock: FakeClock } };

function createActionDevice(made: FakeAgent, around: Around): ActionDevice {
  const { actions } = around;
  return {
    ...made,
    actions,
    eventually: (assertion) => vi.waitFor(assertion, { interval: 2 }),
    async crash(bootId = made.platform.machine.bootId) {
      made.platform.machine.bootId = bootId;
      const next = await made.crashAndStart();
      around.time.clock = next.platform.clock;
      await next.pass(2);
      return createActionDevice(next, around);
    },
    async cutPower(disk) {
      const next = await made.cutPowerAndStart(disk);
      around.time.clock = next.platform.clock;
      await next.pass(2);
      return createActionDevice(next, around);
    },
    nextReport: () => made.pass(INTERVAL_S),
  };
}
