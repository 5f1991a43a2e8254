import type { RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import type { LocalAgent, LocalUser } from "../local-agent.ts";
import { createChangeSignal } from "./change-signal.ts";
import { createLocalAgent, type OpenLocalUser, type UserContext } from "./create-local-agent.ts";
import { deliverMessage, resumeMessage } from "./deliver-message.ts";
import { openInbox } from "./inbox.ts";
import type { LocalUsers, LocalUsersDeps } from "./local-users.ts";
import { openPlannedReboots, type PlannedReboots } from "./planned-reboots.ts";
import { createRecordReader } from "./activity-record.ts";
import { asPlannedReboot } from "./reboot-plan.ts";
import { DONE, refused } from "./request-outcome.ts";
import { type RebootWarningTracker, trackRebootWarnings } from "./tracked-state.ts";
import type { Clock } from "../../platform/ports.ts";

/** Continues with what earlier runs kept for the users of this machine. Never rejects. */
export async function openLocalUsers(deps: LocalUsersDeps): Promise<LocalUsers> {
  const { clock, messages } = deps.platform;
  const { files, home, log } = deps;
  const open = new Set<OpenLocalUser>();
  const changes = createChangeSignal();
  const checkNow = createCheck(clock, deps.sampleNow);
  const readRecord = createRecordReader(deps.records, clock);
  const inbox = await openInbox({ files, path: home.inbox, clock, changes, at: deps.at, log });
  const reboots = await openPlannedReboots({
    files,
    path: home.reboots,
    clock,
    reboots: deps.platform.reboots,
    changes,
    at: deps.at,
    log,
  });
  const warnings = trackRebootWarnings(deps.platform.rebootWarnings, clock, refresh);
  const users = () => [...new Set([...open].map(({ user }) => user))];
  const liveReboots = createLiveReboots(deps, reboots, warnings);
  const shared = { inbox, checkNow, readRecord, ...liveReboots };
  const delivery = {
    clock,
    changes,
    inbox,
    messages,
    users,
    isSingleUser: deps.agent.variant === "tray",
  };

  function refresh(): void {
    for (const user of open) user.refresh();
  }

  function openFor(localUser: LocalUser): LocalAgent {
    const made = createLocalAgent(deps, { ...shared, localUser, closed: () => close(made) });
    open.add(made);
    changes.notify();
    return made.agent;
  }

  function close(made: OpenLocalUser): void {
    open.delete(made);
    changes.notify();
  }

  async function handOver(): Promise<void> {
    await reboots.forget();
    for (const { id, openUntilMs } of inbox.entries())
      if (openUntilMs !== null) await inbox.change(id, { isWithdrawn: true, openUntilMs: null });
  }

  changes.subscribe(refresh);
  return {
    openFor,
    refresh,
    wake: changes.notify,
    reload: async () => void (await Promise.all([inbox.reload(), reboots.reload()])),
    handOver,
    users,
    changes,
    reboots,
    deliver: (message, job) => deliverMessage(delivery, message, job),
    resumeMessage: (id, job) => resumeMessage(delivery, id, job),
  };
}

/** Planned reboots, without those whose action has ended: their plan may still be on a disk that could not remove it. */
function createLiveReboots(
  deps: LocalUsersDeps,
  reboots: PlannedReboots,
  warnings: RebootWarningTracker,
): Pick<UserContext, "plannedReboot" | "bringsForward" | "postpone"> {
  const inJournal = (actionId: string) => (deps.records()?.journal() ?? []).find(({ id }) => id === actionId);
  const isOver = (actionId: string) => (inJournal(actionId)?.ended ?? null) !== null;

  return {
    plannedReboot() {
      const plan = reboots.next(deps.bootId());
      if (!plan || isOver(plan.actionId)) return null;
      warnings.refreshIfStale();
      return asPlannedReboot(plan, warnings.now());
    },
    bringsForward: reboots.bringsForward,
    async postpone(actionId, toMs, options) {
      const isKnown = inJournal(actionId)?.type === "reboot" && !reboots.find(actionId);
      return isKnown || isOver(actionId) ? refused("over") : reboots.postpone(actionId, toMs, options);
    },
  };
}

const MIN_CHECK_GAP_MS = 5000;

/** A check that runs at most once in five seconds: an earlier request gets the last answer. */
function createCheck(clock: Clock, sampleNow: () => Promise<boolean>): () => Promise<RequestOutcome> {
  let last: { atMs: number; outcome: Promise<RequestOutcome> } | null = null;
  return () => {
    const nowMs = clock.monotonicMs();
    if (last === null || nowMs - last.atMs >= MIN_CHECK_GAP_MS) {
      last = {
        atMs: nowMs,
        outcome: sampleNow().then((isTaken) =>
          isTaken ? DONE : refused("failed", "The agent takes no samples at the moment."),
        ),
      };
    }
    return last.outcome;
  };
}
