import { basename } from "node:path";
import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { LastWord } from "@muster/shared/contracts/report.ts";
import type { Collector } from "../collectors/collector.ts";
import type { Cancel, Platform, PowerEvent } from "../platform/ports.ts";
import { connect } from "../transport/connect.ts";
import { type ActionSettings, openDeviceActions } from "./actions/device-actions.ts";
import type { AgentHome } from "./agent-home.ts";
import type { AgentState } from "./agent-state.ts";
import { type AgentStatus, createStatusWriter } from "./agent-status.ts";
import { createCollectorRegistry } from "./collector-registry.ts";
import { type DeviceIdentity, readIdentity } from "./device-identity.ts";
import { type Log, messageOf } from "./log.ts";
import { isSameMachine, readMachineIdentity } from "./machine-identity.ts";
import { openOutbox } from "./outbox.ts";
import { makePause, readPause, remainingMs, writePause } from "./pause-store.ts";
import { createReporting, type Reporting } from "./reporting.ts";
import { createSerialQueue } from "./serial-queue.ts";
import { openSpool } from "./spool.ts";

/** A machine identity that could not be read is tried again after this long. */
const UNIDENTIFIED_RETRY_MS = 60_000;
/** Timers are set no further ahead than this, so that a pause also ends on time after a sleep. */
const LONGEST_PAUSE_CHECK_MS = 60_000;

export type AgentDeps = {
  platform: Platform;
  collectors: readonly Collector[];
  home: AgentHome;
  log: Log;
  random: () => number;
  pid: number;
  /** What the inventory says about the agent itself. */
  agent: Inventory["agent"];
  /** Seconds between reports that this machine's configuration demands, null: the server's wish counts. */
  intervalS: number | null;
  actions: ActionSettings;
  /** Makes the client of the server that the device is enrolled with. */
  connect?: typeof connect;
};

/** The engine: knows no command line, no window and no operating system. */
export type Agent = {
  /** Reads what is stored and begins; from then on it follows the home folder (enrolment, pause) and the system's power. */
  start(): Promise<void>;
  /** Says `word` as the last word when there is one, within two seconds, and ends. */
  stop(word: LastWord | null): Promise<void>;
  /** Pauses for `forMs`, null: until resumed. Stored: it survives a restart. */
  pause(forMs: number | null): Promise<void>;
  resume(): Promise<void>;
  status(): AgentStatus;
  /** Called after each change of the status. */
  subscribe(listener: () => void): Cancel;
};

export function createAgent(deps: AgentDeps): Agent {
  const { platform, home, log, random } = deps;
  const { clock, files } = platform;
  const registry = createCollectorRegistry({ collectors: deps.collectors, clock, agent: deps.agent });
  const inTurn = createSerialQueue();
  const listeners = new Set<() => void>();
  const startedAtMs = clock.wallMs();
  const writeStatus = createStatusWriter(files, home, status);
  let state: AgentState = { kind: "starting" };
  let bootId = "";
  let reporting: { of: DeviceIdentity; run: Reporting } | null = null;
  let cancelChecks: Cancel = () => undefined;
  let cancels: Cancel[] = [];

  function status(): AgentStatus {
    const run = reporting?.run.status();
    return {
      pid: deps.pid,
      version: deps.agent.version,
      startedAtMs,
      writtenAtMs: clock.wallMs(),
      state,
      ...(run ? { reporting: run } : {}),
    };
  }

  function changed(): void {
    const mode = reporting?.run.mode();
    if (mode?.kind === "sampling") state = { kind: "reporting" };
    if (mode?.kind === "paused" || mode?.kind === "revoked") state = mode;
    void writeStatus();
    for (const listener of listeners) listener();
  }

  async function enter(next: AgentState): Promise<void> {
    cancelChecks();
    const ended = reporting;
    reporting = null;
    await ended?.run.stop();
    state = next;
    changed();
  }

  /** Brings the engine in line with the stored identity. */
  async function followIdentity(): Promise<void> {
    const stored = await readIdentity(files, home);
    if (stored.kind !== "enrolled") {
      const reason = stored.kind === "unreadable" ? stored.reason : null;
      if (state.kind !== "not-enrolled")
        log.warn(reason ?? "This device is not enrolled: run muster-agent enrol.");
      return enter({ kind: "not-enrolled", reason });
    }
    if (reporting?.of.credential === stored.identity.credential) return;
    const machine = await readMachine();
    if (!machine) return;
    if (!isSameMachine(stored.identity.machine, machine)) return standDown();
    await enter({ kind: "starting" });
    await report(stored.identity);
  }

  async function readMachine() {
    try {
      return await readMachineIdentity(platform.identity);
    } catch (error) {
      const reason = messageOf(error);
      log.error(`The machine's identity cannot be read: ${reason}`);
      await enter({ kind: "unidentified", reason });
      cancelChecks = clock.after(UNIDENTIFIED_RETRY_MS, () => void inTurn(followIdentity));
      return null;
    }
  }

  function standDown(): Promise<void> {
    log.error(
      "This is a copied machine: it reports nothing. Run muster-agent enrol to give it an identity of its own.",
    );
    return enter({ kind: "copied-machine" });
  }

  async function report(identity: DeviceIdentity): Promise<void> {
    const present = () => ({ bootId, sinceBootMs: clock.sinceBootMs(), wallMs: clock.wallMs() });
    const [outbox, spool] = await Promise.all([
      openOutbox({ files, path: home.outbox, random, log }),
      openSpool({ files, folder: home.spool, present, log }),
    ]);
    const client = (deps.connect ?? connect)(identity.server, identity.credential, { clock, random });
    const actions = await openDeviceActions({
      platform,
      home,
      identity,
      client,
      bootId,
      log,
      agentVersion: deps.agent.version,
      settings: deps.actions,
      refreshInventory: () => run.refreshInventory(),
    });
    const run = createReporting({
      identity,
      actions,
      client,
      outbox,
      spool,
      registry,
      clock,
      random,
      log,
      bootId,
      ownIntervalS: deps.intervalS,
      changed,
      mismatched: () => void inTurn(standDown),
    });
    reporting = { of: identity, run };
    await followPause();
  }

  /** Brings reporting in line with the stored pause, and looks again when the pause ends. */
  async function followPause(): Promise<void> {
    cancelChecks();
    if (!reporting) return;
    const pause = await readPause(files, home);
    const leftMs = pause === null ? 0 : remainingMs(pause, bootId, clock);
    if (pause && leftMs > 0) {
      reporting.run.follow({ kind: "paused", untilMs: pause.untilMs });
      if (Number.isFinite(leftMs)) {
        const checkMs = Math.min(leftMs, LONGEST_PAUSE_CHECK_MS);
        cancelChecks = clock.after(checkMs, () => void inTurn(followPause));
      }
    } else {
      if (pause) await writePause(files, home, null);
      reporting.run.follow({ kind: "sampling" });
    }
    changed();
  }

  async function power(event: PowerEvent): Promise<void> {
    if (event.kind === "woke") {
      log.info("The machine woke up.");
      reporting?.run.reconnect();
      return inTurn(followPause);
    }
    const word = event.kind === "about-to-sleep" ? "asleep" : event.how;
    log.info(`The system says it is ${word}.`);
    cancelChecks();
    await reporting?.run.fallSilent(word);
    await writeStatus();
    event.release();
  }

  function fileChanged(name: string): void {
    if (name === basename(home.identity)) void inTurn(followIdentity);
    if (name === basename(home.pause)) void inTurn(followPause);
  }

  return {
    async start() {
      await files.makeFolder(home.root);
      bootId = await platform.identity.bootId();
      cancels = [
        files.watch(home.root, fileChanged),
        await platform.power.subscribe(
          (event) => void power(event),
          (message) => log.info(message),
        ),
      ];
      await inTurn(followIdentity);
    },
    async stop(word) {
      for (const cancel of cancels) cancel();
      await inTurn(async () => {
        if (word) await reporting?.run.fallSilent(word);
        await enter({ kind: "stopped" });
        await writeStatus();
      });
    },
    async pause(forMs) {
      await writePause(files, home, makePause(forMs, bootId, clock));
      await inTurn(followPause);
    },
    async resume() {
      await writePause(files, home, null);
      await inTurn(followPause);
    },
    status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
