import { basename } from "node:path";
import type { LastWord } from "@muster/shared/contracts/report.ts";
import type { Cancel, PowerEvent } from "../platform/ports.ts";
import type { Agent, AgentDeps } from "./agent.ts";
import { readHour, storeHour } from "./collecting/last-hour.ts";
import { createObservations } from "./collecting/observations.ts";
import { createLazyLocalUsers } from "./local-users/lazy-local-users.ts";
import { createReportingControl, type ReportingControl } from "./reporting/reporting-control.ts";
import { createSerialQueue } from "./serial-queue.ts";
import { createPausing } from "./state/pausing.ts";
import { maxPauseMs } from "./state/policy-store.ts";
import { createStateFiles, type StateFiles } from "./state/state-files.ts";
import { createStatusBoard } from "./state/status-board.ts";

export function createAgent(given: AgentDeps): Agent {
  const files = createStateFiles({
    files: given.platform.files,
    home: given.home,
    warn: (message) => given.log.warn(message),
  });
  const deps = { ...given, platform: { ...given.platform, files }, files };
  const { platform, home, log } = deps;
  const serially = createSerialQueue();
  let bootId = "";
  let cancels: Cancel[] = [];
  const parts = createParts(deps, { serially, bootId: () => bootId });
  const { board, control, pausing, localUsers, observations } = parts;

  async function handlePowerEvent(event: PowerEvent): Promise<void> {
    if (event.kind === "woke") {
      log.info("The machine woke up.");
      control.current()?.run.reconnect();
      localUsers.loaded()?.wake();
      return serially(pausing.apply);
    }
    const word = event.kind === "about-to-sleep" ? "asleep" : event.how;
    log.info(`The system reports that it is ${word}.`);
    pausing.cancelChecks();
    await control.current()?.run.sendLastWord(word);
    await board.store();
    event.release();
  }

  async function stop(word: LastWord | null): Promise<void> {
    for (const cancel of cancels) cancel();
    await serially(async () => {
      if (word) await control.current()?.run.sendLastWord(word);
      await control.end();
      await storeHour(files, home, observations.hour(), log);
      await board.store();
    });
  }

  function fileChanged(name: string): void {
    if (name === basename(home.identity)) void serially(control.followIdentity);
    if (name === basename(home.pause)) void serially(pausing.apply);
  }

  return {
    async start() {
      await files.makeFolder(home.root);
      bootId = await platform.identity.bootId();
      observations.restoreHour(await readHour(files.readState, home));
      cancels = [
        files.watch(home.root, fileChanged),
        await platform.power.subscribe(
          (event) => void handlePowerEvent(event),
          (message) => log.info(message),
        ),
      ];
      await serially(control.followIdentity);
    },
    stop,
    async handOver(why) {
      await serially(async () => control.current()?.actions.handOver(why));
      await stop("agent-stopped");
    },
    pause: pausing.pause,
    resume: pausing.resume,
    status: board.status,
    subscribe: board.subscribe,
    openFor: async (user) => (await localUsers.load()).openFor(user),
  };
}

type Shared = { serially: ReturnType<typeof createSerialQueue>; bootId: () => string };

/** The parts of the agent; each reaches the others only when it is called. */
function createParts(deps: AgentDeps & { files: StateFiles }, shared: Shared) {
  const { platform, home, log, files } = deps;
  const { clock } = platform;
  const { serially, bootId } = shared;
  const observations = createObservations(clock);
  const startedAtMs = clock.wallMs();
  const observed = () => localUsers.loaded()?.refresh();
  const reporting = () => control.current();
  const board = createStatusBoard({
    files,
    home,
    wallMs: () => clock.wallMs(),
    pid: deps.pid,
    version: deps.agent.version,
    startedAtMs,
    reporting: () => reporting()?.run ?? null,
    observed,
  });
  const pausing = createPausing({
    files,
    home,
    clock,
    serially,
    bootId,
    maxPauseMs: () => maxPauseMs(control.policy()),
    isReporting: () => reporting() !== null,
    setMode(desired) {
      reporting()?.run.setMode(desired);
      board.changed();
    },
  });
  const localUsers = createLazyLocalUsers({
    platform,
    files,
    home,
    log,
    logPath: deps.actions.logPath,
    agent: deps.agent,
    startedAtMs,
    bootId,
    status: board.status,
    observations,
    policy: () => control.policy(),
    records: () => reporting()?.actions ?? null,
    support: () => reporting()?.support ?? null,
    reportRead: (id, user) => void reporting()?.actions.reportRead(id, user),
    sampleNow: async () => (await reporting()?.run.sampleNow()) ?? false,
    pause: pausing.pause,
    resume: pausing.resume,
    at: deps.actions.atFaultPoint ?? (() => undefined),
  });
  const control: ReportingControl = createReportingControl({
    ...deps,
    ...shared,
    board,
    observations,
    pausing,
    localUsers,
    observed,
  });
  return { board, control, pausing, localUsers, observations };
}
