import type { LastWord } from "@muster/shared/contracts/report.ts";
import type { LocalAgent } from "../../agent/local-agent.ts";
import { type Log, messageOf } from "../../agent/log.ts";
import { createSerialQueue } from "../../agent/serial-queue.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import type { TrayRole } from "../ipc-contract.ts";
import { createPauseHandOver } from "./pause-hand-over.ts";

/** A connection to the service of this machine. */
export type Attachment = {
  agent: LocalAgent;
  /** Resolves when the connection has ended. */
  ended: Promise<unknown>;
};

/** An engine that runs inside this tray. */
export type EmbeddedEngine = {
  agent: LocalAgent;
  stop(word: LastWord | null): Promise<void>;
  /** As `stop`, when a service takes over on this machine. */
  handOver(): Promise<void>;
};

/**
 * The agent of this machine, wherever it runs.
 *
 *   (start) ---no service---> embedded-engine ---service answers: engine hands over---> service
 *       |                       ^  |                                                      |  ^
 *       |                       |  +--installed, no answer: engine hands over--+          |  |
 *       |                       +-------uninstalled-------+                    v          |  |
 *       +---installed, no answer------------------> service-unreachable <---disconnected--+  |
 *       +---answers----------------------------------------|-------answers-------------------+
 */
export type AgentConnection = {
  /** Looks for a service, then connects to it or starts the embedded engine. */
  start(): Promise<void>;
  role(): TrayRole;
  /** Null while no agent is reached. */
  agent(): LocalAgent | null;
  /** Calls `listener` when the role or the agent changes, and after each change of the agent's view. */
  subscribe(listener: () => void): Cancel;
  /** Disconnects from the service, or stops the embedded engine with `word` as its last word. */
  stop(word: LastWord | null): Promise<void>;
};

type Deps = {
  /** Whether a service is installed on this machine, running or not. */
  isServiceInstalled: () => Promise<boolean>;
  /** Null when the service does not answer. */
  attach: () => Promise<Attachment | null>;
  startEngine: () => Promise<EmbeddedEngine>;
  clock: Clock;
  log: Log;
};

const SERVICE_CHECK_INTERVAL_MS = 10_000;

export function createAgentConnection(deps: Deps): AgentConnection {
  const { attach, startEngine, clock, log } = deps;
  const serialQueue = createSerialQueue();
  const current = createCurrentRole(log);
  const pause = createPauseHandOver(clock, log);
  let engine: EmbeddedEngine | null = null;
  let attachment: Attachment | null = null;
  let cancelCheck: Cancel = () => undefined;
  let isStopped = false;

  async function checkService(): Promise<void> {
    cancelCheck();
    if (isStopped) return;
    try {
      if (attachment === null) await chooseAgent();
    } catch (error) {
      log.error(`No agent is available yet: ${messageOf(error)}`);
    }
    if (!isStopped)
      cancelCheck = clock.after(SERVICE_CHECK_INTERVAL_MS, () => void serialQueue(checkService));
  }

  async function chooseAgent(): Promise<void> {
    const found = await attach();
    const isInstalled = found !== null || (await deps.isServiceInstalled());
    const chosen = chooseRole({ isAnswering: found !== null, isInstalled });
    if (chosen === "embedded-engine") return startEmbeddedEngine();
    // A machine must never report twice: the embedded engine stops before the service is used.
    await stopEmbeddedEngine((ending) => ending.handOver());
    if (found) return useService(found);
    if (current.role() !== chosen) current.change(chosen, null);
  }

  function useService(found: Attachment): void {
    attachment = found;
    current.change("service", found.agent);
    void pause.handOver(found.agent);
    void found.ended.then(() => serialQueue(() => loseService(found)));
  }

  async function loseService(ended: Attachment): Promise<void> {
    if (attachment !== ended) return;
    attachment = null;
    current.change("service-unreachable", null);
    await checkService();
  }

  async function startEmbeddedEngine(): Promise<void> {
    if (engine) return;
    engine = await startEngine();
    current.change("embedded-engine", engine.agent);
  }

  async function stopEmbeddedEngine(stop: (engine: EmbeddedEngine) => Promise<void>): Promise<void> {
    const ending = engine;
    engine = null;
    if (!ending) return;
    current.ignoreView();
    pause.remember(ending.agent.view());
    await stop(ending);
  }

  return {
    start: () => serialQueue(checkService),
    role: current.role,
    agent: () => attachment?.agent ?? engine?.agent ?? null,
    subscribe: current.subscribe,
    stop: (word) => {
      isStopped = true;
      cancelCheck();
      return serialQueue(async () => {
        current.ignoreView();
        const ending = attachment;
        attachment = null;
        ending?.agent.close();
        await stopEmbeddedEngine((running) => running.stop(word));
      });
    },
  };
}

/** The current role. Its listeners are called when it or the view of its agent changes. */
function createCurrentRole(log: Log) {
  const listeners = new Set<() => void>();
  let role: TrayRole = "embedded-engine";
  let cancelView: Cancel = () => undefined;

  function notify(): void {
    for (const listener of listeners) listener();
  }

  return {
    role: () => role,
    change(next: TrayRole, agent: LocalAgent | null): void {
      if (next !== role) log.info(`The role of the tray is now ${next}.`);
      cancelView();
      cancelView = agent?.subscribe(notify) ?? (() => undefined);
      role = next;
      notify();
    },
    /** Stops listening to the view of the current agent. */
    ignoreView: () => cancelView(),
    subscribe(listener: () => void): Cancel {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

type ServiceState = { isAnswering: boolean; isInstalled: boolean };

/**
 * Chooses where the agent runs. An installed service that does not answer is still preferred to the embedded engine: it may be
 * starting or being updated, and two agents on one machine would report twice.
 */
export function chooseRole({ isAnswering, isInstalled }: ServiceState): TrayRole {
  if (isAnswering) return "service";
  return isInstalled ? "service-unreachable" : "embedded-engine";
}
