import type { AgentPolicy } from "@muster/shared/contracts/report.ts";
import type { Cancel } from "../../platform/ports.ts";
import { connect } from "../../transport/connect.ts";
import type { AgentDeps } from "../agent.ts";
import { createCollectorRegistry } from "../collecting/collector-registry.ts";
import type { Observations } from "../collecting/observations.ts";
import type { DeviceIdentity } from "../identity/device-identity.ts";
import { checkIdentity } from "../identity/machine-identity.ts";
import type { LazyLocalUsers } from "../local-users/local-users.ts";
import { messageOf } from "../log.ts";
import type { SerialQueue } from "../serial-queue.ts";
import type { AgentState } from "../state/agent-state.ts";
import type { Pausing } from "../state/pausing.ts";
import { readPolicy, writePolicy } from "../state/policy-store.ts";
import type { StateFiles } from "../state/state-files.ts";
import type { StatusBoard } from "../state/status-board.ts";
import { type OpenReporting, openReporting } from "./open-reporting.ts";

/** A machine identity that could not be read is tried again after this long. */
const UNIDENTIFIED_RETRY_MS = 60_000;

/** Starts and ends reporting, as the stored identity demands. */
export type ReportingControl = {
  /** Brings reporting in line with the stored identity. */
  followIdentity(): Promise<void>;
  /** Null while nothing is reported. */
  current(): OpenReporting | null;
  /** The organization's policy, null while the server has not sent one. */
  policy(): AgentPolicy | null;
  end(): Promise<void>;
};

type Deps = AgentDeps & {
  files: StateFiles;
  board: StatusBoard;
  observations: Observations;
  pausing: Pausing;
  localUsers: LazyLocalUsers;
  serially: SerialQueue;
  bootId: () => string;
  /** Something was read from the machine. */
  observed: () => void;
};

export function createReportingControl(deps: Deps): ReportingControl {
  const { platform, home, log, board, pausing, localUsers, serially } = deps;
  const { clock } = platform;
  const { files } = deps;
  const registry = createCollectorRegistry({ collectors: deps.collectors, clock, agent: deps.agent });
  let policy: AgentPolicy | null = null;
  let reporting: OpenReporting | null = null;
  let cancelRetry: Cancel = () => undefined;

  async function enter(next: AgentState): Promise<void> {
    cancelRetry();
    pausing.cancelChecks();
    const ended = reporting;
    reporting = null;
    await ended?.run.stop();
    board.enter(next);
  }

  async function followIdentity(): Promise<void> {
    const current = reporting?.identity.credential;
    const check = await checkIdentity(files, home, platform.identity, current);
    switch (check.kind) {
      case "not-enrolled":
        if (board.state().kind !== "not-enrolled")
          log.warn(check.reason ?? "This machine is not enrolled. Run muster-agent enrol.");
        await localUsers.loaded()?.reload();
        return enter(check);
      case "copied-machine":
        return standDown();
      case "unidentified":
        log.error(`The machine's identity cannot be read: ${check.reason}`);
        await enter(check);
        cancelRetry = clock.after(UNIDENTIFIED_RETRY_MS, () => void serially(followIdentity));
        return;
      case "enrolled":
        if (check.identity.credential === current) return;
        await enter({ kind: "starting" });
        await report(check.identity);
    }
  }

  function standDown(): Promise<void> {
    log.error("This is a copied machine and reports nothing. Run muster-agent enrol on it.");
    return enter({ kind: "copied-machine" });
  }

  async function report(identity: DeviceIdentity): Promise<void> {
    usePolicy(await readPolicy(files.readState, home));
    await localUsers.loaded()?.reload();
    reporting = await openReporting({
      ...deps,
      connect: deps.connect ?? connect,
      registry,
      identity,
      bootId: deps.bootId(),
      configuredIntervalS: deps.intervalS,
      policy: () => policy,
      policyReceived: (received) => void serially(() => applyPolicy(received)),
      changed: board.changed,
    });
    await pausing.apply();
  }

  function usePolicy(next: AgentPolicy | null): void {
    policy = next;
    deps.mountExclusions?.setServerMounts(next?.excludedMounts ?? []);
  }

  /** A policy counts from now on, also where the disk does not accept it. */
  async function applyPolicy(received: AgentPolicy): Promise<void> {
    usePolicy(received);
    await writePolicy(files, home, received).catch((error: unknown) =>
      log.error(`The organization's policy could not be stored: ${messageOf(error)}`),
    );
    await pausing.apply();
  }

  return {
    followIdentity,
    current: () => reporting,
    policy: () => policy,
    end: () => enter({ kind: "stopped" }),
  };
}
