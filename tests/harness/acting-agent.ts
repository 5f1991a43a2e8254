// The headless agent on a machine that is made of files: what it shows and schedules is appended to ACTING_EXECUTIONS, its boot id is
// read from ACTING_BOOT_ID, it kills itself at the fault point ACTING_KILL_AT, and stands still at ACTING_HOLD_AT from the moment it
// has made the file ACTING_HELD until that is removed. Settings come as they do for the real one.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import type { FaultPoint } from "../../desktop-agent/src/agent/actions/fault-points.ts";
import { createContext } from "../../desktop-agent/src/headless/context.ts";
import { runService } from "../../desktop-agent/src/headless/run-service.ts";
import { waitForStopSignal } from "../../desktop-agent/src/headless/stop-signals.ts";
import { createFakePlatform } from "../../desktop-agent/src/platform/fake/fake-platform.ts";
import type { Platform } from "../../desktop-agent/src/platform/ports.ts";
import { createPrivateFiles } from "../../desktop-agent/src/platform/private-files.ts";
import { createCommands } from "../../desktop-agent/src/platform/run-command.ts";
import { createSystemClock } from "../../desktop-agent/src/platform/system-clock.ts";

const { ACTING_EXECUTIONS = "", ACTING_BOOT_ID = "", ACTING_MACHINE_ID = "" } = process.env;
const { ACTING_KILL_AT, ACTING_HOLD_AT, ACTING_HELD = "" } = process.env;
const HOLD_STEP_MS = 10;
let wasHeld = false;

/** Outside of the agent's home, and nothing that the agent could read. */
function executed(what: string): void {
  appendFileSync(ACTING_EXECUTIONS, `${what}\n`);
}

function makePlatform(): Platform {
  const fake = createFakePlatform({ machineId: ACTING_MACHINE_ID, hypervisorUuid: null });
  return {
    ...fake,
    clock: createSystemClock(),
    files: createPrivateFiles({ syncsFolders: true }),
    identity: { ...fake.identity, bootId: async () => readFileSync(ACTING_BOOT_ID, "utf8").trim() },
    messages: {
      async show({ title }, onShown) {
        executed(`message ${title}`);
        onShown();
        return { shown: [{ user: "ann", by: "file" }], notShown: [], pressed: null };
      },
    },
    reboots: {
      async schedule({ delayMinutes }) {
        executed(`reboot in ${delayMinutes}`);
        return { kind: "scheduled" };
      },
      async cancel() {
        executed("cancel-reboot");
        return { kind: "cancelled" };
      },
    },
    endProcess: (code) => process.exit(code),
    replaceProcess: () => createCommands(process.env).replaceSelf(),
  };
}

function atFaultPoint(point: FaultPoint): void {
  if (point === ACTING_KILL_AT) process.kill(process.pid, "SIGKILL");
  if (point === ACTING_HOLD_AT && !wasHeld) {
    wasHeld = true;
    writeFileSync(ACTING_HELD, "");
    const nobody = new Int32Array(new SharedArrayBuffer(4));
    while (existsSync(ACTING_HELD)) Atomics.wait(nobody, 0, 0, HOLD_STEP_MS);
  }
}

const made = await createContext(process.env, undefined, async () => makePlatform());
if (made.kind === "invalid") throw new Error(made.problems.join());
const { context } = made;
const end = await runService(
  context,
  { showState: null, warn: (line) => process.stderr.write(`${line}\n`) },
  { stopAsked: waitForStopSignal(), atFaultPoint },
);
if (end.kind === "begins-anew") context.platform.replaceProcess();
context.platform.endProcess(0);
