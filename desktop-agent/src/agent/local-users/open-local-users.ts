import type { PlannedReboot, RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import type { LocalAgent, LocalPerson } from "../local-agent.ts";
import { createBell } from "./change-signal.ts";
import { createLocalAgent, type OpenPerson } from "./create-local-agent.ts";
import { deliverMessage, resumeMessage } from "./deliver-message.ts";
import { openInbox } from "./inbox.ts";
import type { People, PeopleDeps } from "./local-users.ts";
import { openPlannedReboots } from "./planned-reboots.ts";
import { createRecordReader } from "./read-record.ts";
import { asPlannedReboot } from "./reboot-plan.ts";
import { DONE, refused } from "./request-outcome.ts";
import { followWarnings } from "./tracked-state.ts";
import type { Clock } from "../../platform/ports.ts";

/** Takes up what earlier runs kept for the people in front of this machine. Never rejects. */
export async function openPeople(deps: PeopleDeps): Promise<People> {
  const { clock, files, messages } = deps.platform;
  const { home, log } = deps;
  const open = new Set<OpenPerson>();
  const bell = createBell();
  const checkNow = createCheck(clock, deps.sampleNow);
  const readRecord = createRecordReader(deps.records, clock);
  const inbox = await openInbox({ files, path: home.inbox, clock, bell, at: deps.at, log });
  const reboots = await openPlannedReboots({
    files,
    path: home.reboots,
    clock,
    reboots: deps.platform.reboots,
    bell,
    at: deps.at,
    log,
  });
  const warnings = followWarnings(deps.platform.rebootWarnings, clock, refresh);
  const users = () => [...new Set([...open].map(({ user }) => user))];
  const shared = { inbox, checkNow, readRecord, plannedReboot, postpone };
  const delivery = {
    clock,
    bell,
    inbox,
    messages,
    users,
    isOnePerson: deps.agent.variant === "tray",
  };

  function plannedReboot(): PlannedReboot | null {
    const plan = reboots.next(deps.bootId());
    if (!plan || isOver(plan.actionId)) return null;
    warnings.look();
    return asPlannedReboot(plan, warnings.now());
  }

  async function postpone(actionId: string, toMs: number): Promise<RequestOutcome> {
    const entry = inJournal(actionId);
    const isKnown = entry?.type === "reboot" && !reboots.find(actionId);
    return isKnown || isOver(actionId) ? refused("over") : reboots.postpone(actionId, toMs);
  }

  /** Its plan may still be on a disk that did not let it go. */
  function isOver(actionId: string): boolean {
    return (inJournal(actionId)?.ended ?? null) !== null;
  }

  function inJournal(actionId: string) {
    return deps
      .records()
      ?.journal()
      .find(({ id }) => id === actionId);
  }

  function refresh(): void {
    for (const person of open) person.refresh();
  }

  function openFor(person: LocalPerson): LocalAgent {
    const made = createLocalAgent(deps, { ...shared, person, closed: () => close(made) });
    open.add(made);
    bell.ring();
    return made.agent;
  }

  function close(made: OpenPerson): void {
    open.delete(made);
    bell.ring();
  }

  async function giveWay(): Promise<void> {
    await reboots.forget();
    for (const { id, openUntilMs } of inbox.entries())
      if (openUntilMs !== null) await inbox.change(id, { isWithdrawn: true, openUntilMs: null });
  }

  bell.listen(refresh);
  return {
    openFor,
    refresh,
    wake: bell.ring,
    reload: async () => void (await Promise.all([inbox.reload(), reboots.reload()])),
    giveWay,
    users,
    bell,
    reboots,
    deliver: (message, job) => deliverMessage(delivery, message, job),
    resumeMessage: (id, job) => resumeMessage(delivery, id, job),
  };
}

const MIN_CHECK_GAP_MS = 5000;

/** A check at anybody's wish, at most once in five seconds: a wish that comes sooner is answered as the last one was. */
function createCheck(clock: Clock, sampleNow: () => Promise<boolean>): () => Promise<RequestOutcome> {
  let last: { atMs: number; outcome: Promise<RequestOutcome> } | null = null;
  return () => {
    const nowMs = clock.monotonicMs();
    if (last === null || nowMs - last.atMs >= MIN_CHECK_GAP_MS) {
      last = {
        atMs: nowMs,
        outcome: sampleNow().then((isTaken) =>
          isTaken ? DONE : refused("failed", "nothing is measured at the moment"),
        ),
      };
    }
    return last.outcome;
  };
}
