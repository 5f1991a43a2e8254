import { basename } from "node:path";
import type { RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import type { AgentPolicy, LastWord } from "@muster/shared/contracts/report.ts";
import type { Cancel, PowerEvent } from "../platform/ports.ts";
import { connect } from "../transport/connect.ts";
import type { Agent, AgentDeps } from "./agent.ts";
import type { AgentState } from "./state/agent-state.ts";
import { type AgentStatus, createStatusWriter } from "./state/agent-status.ts";
import { createCollectorRegistry } from "./collecting/collector-registry.ts";
import type { DeviceIdentity } from "./identity/device-identity.ts";
import { keepHour, readHour } from "./collecting/last-hour.ts";
import { messageOf } from "./log.ts";
import { readStanding } from "./identity/machine-identity.ts";
import { createObservations } from "./collecting/observations.ts";
import { type OpenReporting, openReporting } from "./reporting/open-reporting.ts";
import { createPausing } from "./state/pausing.ts";
import { createLatePeople } from "./local-users/lazy-local-users.ts";
import { longestPauseMs, readPolicy, writePolicy } from "./state/policy-store.ts";
import { createSerialQueue } from "./serial-queue.ts";

/** A machine identity that could not be read is tried again after this long. */
const UNIDENTIFIED_RETRY_MS = 60_000;

export function createAgent(deps: AgentDeps): Agent {
  const { platform, home, log } = deps;
  const { clock, files } = platform;
  const registry = createCollectorRegistry({ collectors: deps.collectors, clock, agent: deps.agent });
  const observations = createObservations(clock);
  const inTurn = createSerialQueue();
  const listeners = new Set<() => void>();
  const startedAtMs = clock.wallMs();
  const writeStatus = createStatusWriter(files, home, status);
  const pausing = createPausing({
    files,
    home,
    clock,
    bootId: () => bootId,
    longestMs: () => longestPauseMs(policy),
    lookAgain: () => void inTurn(followPause),
  });
  const people = createLatePeople({
    platform,
    home,
    log,
    logPath: deps.actions.logPath,
    agent: deps.agent,
    startedAtMs,
    bootId: () => bootId,
    status,
    observations,
    policy: () => policy,
    records: () => reporting?.actions ?? null,
    tellRead: (id, user) => void reporting?.actions.tellRead(id, user),
    sampleNow: async () => (await reporting?.run.sampleNow()) ?? false,
    pause,
    resume,
    at: deps.actions.atFaultPoint ?? (() => undefined),
  });
  let state: AgentState = { kind: "starting" };
  let bootId = "";
  let policy: AgentPolicy | null = null;
  let reporting: OpenReporting | null = null;
  let cancelRetry: Cancel = () => undefined;
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
    observed();
  }

  function observed(): void {
    people.now()?.refresh();
  }

  async function enter(next: AgentState): Promise<void> {
    cancelRetry();
    pausing.rest();
    const ended = reporting;
    reporting = null;
    await ended?.run.stop();
    state = next;
    changed();
  }

  /** Brings the engine in line with the stored identity. */
  async function followIdentity(): Promise<void> {
    const current = reporting?.of.credential;
    const standing = await readStanding(files, home, platform.identity, current);
    switch (standing.kind) {
      case "not-enrolled":
        if (state.kind !== "not-enrolled")
          log.warn(standing.reason ?? "This device is not enrolled: run muster-agent enrol.");
        await people.now()?.reload();
        return enter(standing);
      case "copied-machine":
        return standDown();
      case "unidentified":
        log.error(`The machine's identity cannot be read: ${standing.reason}`);
        await enter(standing);
        cancelRetry = clock.after(UNIDENTIFIED_RETRY_MS, () => void inTurn(followIdentity));
        return;
      case "enrolled":
        if (standing.identity.credential === current) return;
        await enter({ kind: "starting" });
        await report(standing.identity);
    }
  }

  function standDown(): Promise<void> {
    log.error(
      "This is a copied machine: it reports nothing. Run muster-agent enrol to give it an identity of its own.",
    );
    return enter({ kind: "copied-machine" });
  }

  async function report(identity: DeviceIdentity): Promise<void> {
    policy = await readPolicy(files, home);
    await people.now()?.reload();
    reporting = await openReporting({
      ...deps,
      connect: deps.connect ?? connect,
      registry,
      observations,
      people,
      identity,
      bootId,
      ownIntervalS: deps.intervalS,
      policy: () => policy,
      policyTold: (told) => void inTurn(() => follow(told)),
      changed,
      observed,
      mismatched: () => void inTurn(standDown),
    });
    await followPause();
  }

  /** A policy counts from now on, also where the disk does not take it. */
  async function follow(told: AgentPolicy): Promise<void> {
    policy = told;
    await writePolicy(files, home, told).catch((error: unknown) =>
      log.error(`The organization's policy could not be stored: ${messageOf(error)}`),
    );
    await followPause();
  }

  /** Brings reporting in line with the stored pause. */
  async function followPause(): Promise<void> {
    if (!reporting) return;
    reporting.run.follow(await pausing.read());
    changed();
  }

  async function pause(forMs: number | null): Promise<RequestOutcome> {
    const begun = await pausing.begin(forMs);
    await inTurn(followPause);
    return begun === "begun" ? { kind: "done" } : { kind: "refused", why: "pause-forbidden", message: null };
  }

  async function resume(): Promise<RequestOutcome> {
    await pausing.end();
    await inTurn(followPause);
    return { kind: "done" };
  }

  async function power(event: PowerEvent): Promise<void> {
    if (event.kind === "woke") {
      log.info("The machine woke up.");
      reporting?.run.reconnect();
      people.now()?.wake();
      return inTurn(followPause);
    }
    const word = event.kind === "about-to-sleep" ? "asleep" : event.how;
    log.info(`The system says it is ${word}.`);
    pausing.rest();
    await reporting?.run.fallSilent(word);
    await writeStatus();
    event.release();
  }

  async function stop(word: LastWord | null): Promise<void> {
    for (const cancel of cancels) cancel();
    await inTurn(async () => {
      if (word) await reporting?.run.fallSilent(word);
      await enter({ kind: "stopped" });
      await keepHour(files, home, observations.hour(), log);
      await writeStatus();
    });
  }

  function fileChanged(name: string): void {
    if (name === basename(home.identity)) void inTurn(followIdentity);
    if (name === basename(home.pause)) void inTurn(followPause);
  }

  return {
    async start() {
      await files.makeFolder(home.root);
      bootId = await platform.identity.bootId();
      observations.restoreHour(await readHour(files, home));
      cancels = [
        files.watch(home.root, fileChanged),
        await platform.power.subscribe(
          (event) => void power(event),
          (message) => log.info(message),
        ),
      ];
      await inTurn(followIdentity);
    },
    stop,
    async giveWay(why) {
      await inTurn(async () => reporting?.actions.giveWay(why));
      await stop("agent-stopped");
    },
    pause,
    resume,
    status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    openFor: async (person) => (await people.get()).openFor(person),
  };
}
