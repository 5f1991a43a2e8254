import type { LastWord } from "@muster/shared/contracts/report.ts";
import type { LocalAgent } from "../../agent/local-agent.ts";
import { type Log, messageOf } from "../../agent/log.ts";
import { createSerialQueue } from "../../agent/serial-queue.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import type { TrayRole } from "../ipc-contract.ts";
import { createPauseHandOver } from "./pause-hand-over.ts";

/** A service that this tray is attached to. */
export type Attachment = {
  agent: LocalAgent;
  /** Resolves when the connection has ended. */
  ended: Promise<unknown>;
};

/** An engine of this tray's own. */
export type OwnEngine = {
  agent: LocalAgent;
  stop(word: LastWord | null): Promise<void>;
  /** As `stop`, for a service that works here from now on. */
  giveWay(): Promise<void>;
};

/**
 * The agent of this machine, wherever it runs.
 *
 *   (looking) ---none---> own-engine ---a service came: the engine stops---> service
 *       |                     ^  |                                            |  ^
 *       |                     |  +--installed, silent: the engine stops--+    |  |
 *       |                     +-------uninstalled-------+                v    |  |
 *       +---installed, silent-------------------> service-silent <---ended---+  |
 *       +---answers-------------------------------------|--------answers---------+
 */
export type AgentLink = {
  /** Looks for a service, and begins with whatever is found. */
  start(): Promise<void>;
  role(): TrayRole;
  /** Null while none is reached. */
  agent(): LocalAgent | null;
  /** Called when role or agent became another, and after each change of the agent's view. */
  subscribe(listener: () => void): Cancel;
  /** Lets go of a service, or stops the own engine with `word` as its last one. */
  stop(word: LastWord | null): Promise<void>;
};

type Deps = {
  /** Whether this machine has a service, also one that does not run. */
  isServiceInstalled: () => Promise<boolean>;
  /** Null when the service does not answer. */
  attach: () => Promise<Attachment | null>;
  startEngine: () => Promise<OwnEngine>;
  clock: Clock;
  log: Log;
};

/** How often a service is looked for that came, went or does not answer. */
const LOOK_EVERY_MS = 10_000;

export function createAgentLink(deps: Deps): AgentLink {
  const { attach, startEngine, clock, log } = deps;
  const inTurn = createSerialQueue();
  const listeners = new Set<() => void>();
  let role: TrayRole = "own-engine";
  let engine: OwnEngine | null = null;
  let attachment: Attachment | null = null;
  let cancelView: Cancel = () => undefined;
  let cancelLook: Cancel = () => undefined;
  let isOver = false;
  const pause = createPauseHandOver(clock, log);

  function tell(): void {
    for (const listener of listeners) listener();
  }

  function become(next: TrayRole, agent: LocalAgent | null): void {
    if (next !== role) log.info(`The tray's role is ${next} now.`);
    cancelView();
    cancelView = agent?.subscribe(tell) ?? (() => undefined);
    role = next;
    tell();
  }

  async function look(): Promise<void> {
    cancelLook();
    if (isOver) return;
    try {
      if (attachment === null) await choose();
    } catch (error) {
      log.error(`No agent yet: ${messageOf(error)}`);
    }
    if (!isOver) cancelLook = clock.after(LOOK_EVERY_MS, () => void inTurn(look));
  }

  async function choose(): Promise<void> {
    const found = await attach();
    const chosen = chooseRole({
      isAnswering: found !== null,
      isInstalled: found !== null || (await deps.isServiceInstalled()),
    });
    if (chosen === "own-engine") return useEngine();
    // One machine never reports twice: what runs here ends before anything else counts.
    await endEngine((ending) => ending.giveWay());
    if (found) return follow(found);
    if (role !== chosen) become(chosen, null);
  }

  function follow(found: Attachment): void {
    attachment = found;
    become("service", found.agent);
    void pause.handOn(found.agent);
    void found.ended.then(() => inTurn(() => detach(found)));
  }

  async function detach(ended: Attachment): Promise<void> {
    if (attachment !== ended) return;
    attachment = null;
    become("service-silent", null);
    await look();
  }

  async function useEngine(): Promise<void> {
    if (engine) return;
    engine = await startEngine();
    become("own-engine", engine.agent);
  }

  async function endEngine(end: (engine: OwnEngine) => Promise<void>): Promise<void> {
    const ending = engine;
    engine = null;
    if (!ending) return;
    cancelView();
    pause.remember(ending.agent.view());
    await end(ending);
  }

  return {
    start: () => inTurn(look),
    role: () => role,
    agent: () => attachment?.agent ?? engine?.agent ?? null,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: (word) => {
      isOver = true;
      cancelLook();
      return inTurn(async () => {
        cancelView();
        const ending = attachment;
        attachment = null;
        ending?.agent.close();
        await endEngine((running) => running.stop(word));
      });
    },
  };
}

/** What can be found out about a service on this machine. */
type ServiceFacts = {
  /** It is connected to this tray. */
  isAnswering: boolean;
  /** It is installed, though it may not run. */
  isInstalled: boolean;
};

/**
 * How the tray comes by its agent. An installed service that is silent keeps its role: it may be starting or being replaced, and a
 * machine whose two agents take turns would report twice.
 */
export function chooseRole({ isAnswering, isInstalled }: ServiceFacts): TrayRole {
  if (isAnswering) return "service";
  return isInstalled ? "service-silent" : "own-engine";
}
