// The headless agent on a machine that is made of files: what it shows and schedules is appended to TEST_EXECUTIONS, its boot id is
// read from TEST_BOOT_ID, it kills itself at the fault point TEST_KILL_AT, and stands still at TEST_HOLD_AT from the moment it
// has made the file TEST_HELD until that is removed. With TEST_TRAY a tray of "ann" is attached to its channel: it appends the
// messages that it shows, acknowledges them, and postpones a reboot by TEST_POSTPONE_MS where that is given. Settings come as they do for the real one.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import type { FaultPoint } from "../../desktop-agent/src/agent/actions/fault-points.ts";
import { attachToService } from "../../desktop-agent/src/agent/local-channel/client/attach-to-service.ts";
import { createLog } from "../../desktop-agent/src/agent/log.ts";
import { createContext } from "../../desktop-agent/src/agent-host/context.ts";
import { runService } from "../../desktop-agent/src/headless/run-service.ts";
import { waitForStopSignal } from "../../desktop-agent/src/headless/stop-signals.ts";
import { createFakePlatform } from "../../desktop-agent/src/platform/fake/fake-platform.ts";
import type { FakeLocalChannel } from "../../desktop-agent/src/platform/fake/fake-local-channel.ts";
import type { Platform } from "../../desktop-agent/src/platform/ports.ts";
import type { LocalChannelPort } from "../../desktop-agent/src/platform/ports/local-channel-port.ts";
import { createPrivateFiles } from "../../desktop-agent/src/platform/private-files.ts";
import { createCommands } from "../../desktop-agent/src/platform/run-command.ts";
import { createSystemClock } from "../../desktop-agent/src/platform/system-clock.ts";

const { TEST_EXECUTIONS = "", TEST_BOOT_ID = "", TEST_MACHINE_ID = "" } = process.env;
const { TEST_KILL_AT, TEST_HOLD_AT, TEST_HELD = "", TEST_TRAY, TEST_POSTPONE_MS } = process.env;
const ANN = { id: "1000", user: "ann" };
const HOLD_STEP_MS = 10;
let wasHeld = false;

/** Outside of the agent's home, and nothing that the agent could read. */
function executed(what: string): void {
  appendFileSync(TEST_EXECUTIONS, `${what}\n`);
}

function makePlatform(): Platform {
  const fake = createFakePlatform({ machineId: TEST_MACHINE_ID, hypervisorUuid: null });
  return {
    ...fake,
    clock: createSystemClock(),
    files: createPrivateFiles({ syncsFolders: true }),
    identity: { ...fake.identity, bootId: async () => readFileSync(TEST_BOOT_ID, "utf8").trim() },
    messages: {
      async show({ title }, onShown, _giveUp, except) {
        if (except?.includes(ANN.user)) return { shown: [], notShown: [], pressed: null };
        executed(`message ${title}`);
        onShown();
        return { shown: [{ user: "ann", by: "file" }], notShown: [], pressed: null };
      },
    },
    reboots: {
      obstacle: async () => null,
      async schedule({ delayMinutes }) {
        executed(`reboot in ${delayMinutes}`);
        return { kind: "scheduled" };
      },
      async cancel() {
        executed("cancel-reboot");
        return { kind: "cancelled" };
      },
    },
    localChannel: TEST_TRAY === undefined ? fake.localChannel : withTray(fake.localChannel),
    endProcess: (code) => process.exit(code),
    replaceProcess: () => createCommands(process.env).replaceSelf(),
  };
}

/** A channel to which Ann's tray is attached from its opening on. */
function withTray(channel: FakeLocalChannel): LocalChannelPort {
  channel.logIn([ANN]);
  return {
    ...channel,
    async open(user, connected) {
      const opened = await channel.open(user, connected);
      void runTray(channel);
      return opened;
    },
  };
}

async function runTray(channel: FakeLocalChannel): Promise<void> {
  const clock = createSystemClock();
  const log = createLog({ level: "error", wallMs: clock.wallMs, write: () => undefined });
  const service = await attachToService({ channel, clock, log });
  if (!service) throw new Error("The tray cannot be attached.");
  const { agent } = service;
  const shown = new Set<string>();
  let mayPostpone = TEST_POSTPONE_MS !== undefined;

  async function look(): Promise<void> {
    const { reboot, unshownMessages } = agent.view();
    if (reboot && mayPostpone) {
      mayPostpone = false;
      await agent.postpone(reboot.actionId, clock.wallMs() + Number(TEST_POSTPONE_MS));
    }
    const unshown = unshownMessages.filter((id) => !shown.has(id));
    for (const id of unshown) shown.add(id);
    if (unshown.length === 0) return;
    for (const { id, title } of await agent.readMessages()) {
      if (!unshown.includes(id)) continue;
      executed(`tray ${title}`);
      await agent.acknowledge(id, { what: "shown", by: "tray" });
    }
  }

  agent.subscribe(() => void look());
  await look();
}

function atFaultPoint(point: FaultPoint): void {
  if (point === TEST_KILL_AT) process.kill(process.pid, "SIGKILL");
  if (point === TEST_HOLD_AT && !wasHeld) {
    wasHeld = true;
    writeFileSync(TEST_HELD, "");
    const neverNotified = new Int32Array(new SharedArrayBuffer(4));
    while (existsSync(TEST_HELD)) Atomics.wait(neverNotified, 0, 0, HOLD_STEP_MS);
  }
}

const made = await createContext(process.env, undefined, async () => makePlatform());
if (made.kind === "invalid") throw new Error(made.problems.join());
const { context } = made;
const end = await runService(
  context,
  { showState: null, warn: (line) => process.stderr.write(`${line}\n`) },
  { stopRequested: waitForStopSignal(), atFaultPoint },
);
if (end.kind === "restart") context.platform.replaceProcess();
context.platform.endProcess(0);
