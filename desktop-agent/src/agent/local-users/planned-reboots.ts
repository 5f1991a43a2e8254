import type { RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import type { Clock, RebootPort } from "../../platform/ports.ts";
import { type Log, messageOf } from "../log.ts";
import type { AtFaultPoint } from "../actions/fault-points.ts";
import type { StateFiles } from "../state/state-files.ts";
import { parseStored } from "../state/state-file.ts";
import { createSerialQueue } from "../serial-queue.ts";
import type { ChangeSignal } from "./change-signal.ts";
import {
  adjustToWallClock,
  asHandedOver,
  isPlan,
  FINAL_NOTICE_MS,
  moveTo,
  type RebootPlan,
} from "./reboot-plan.ts";
import { DONE, refused } from "./request-outcome.ts";

/** Reboots that are to come, kept over a restart of the agent. */
export type PlannedReboots = {
  find(actionId: string): RebootPlan | undefined;
  /** The one that comes first in this boot, null when none does. */
  next(bootId: string): RebootPlan | null;
  /** Rejects when the disk does not take it: then nothing may be planned. */
  add(plan: RebootPlan): Promise<void>;
  remove(actionId: string): Promise<void>;
  /** Plans nothing any more. */
  forget(): Promise<void>;
  /**
   * Schedules it with the system, if the plan is still the one that this was decided on. Gives the system's answer; `failed` also where it
   * could not be written before.
   */
  handOver(decidedOn: RebootPlan, delayMinutes: number): Promise<HandOverOutcome>;
  /** Five minutes from now, since its instant was missed. Nothing where the plan is another by then. */
  giveTime(decidedOn: RebootPlan): Promise<void>;
  /** Whether moving it to `toMs` would bring it forward: others at the machine would have less time. */
  bringsForward(actionId: string, toMs: number): boolean;
  /** Moves it to `toMs` of the wall clock for a local user; at or before now means now. */
  postpone(actionId: string, toMs: number, options: PostponeOptions): Promise<RequestOutcome>;
  /** Ends what an earlier run began: a reboot that it was putting off is called off with the system, and moved. */
  settle(actionId: string): Promise<void>;
  /** Whether what an earlier run planned could not be read: then the system may have what is not found here. */
  areLost(): boolean;
  /** Reads the file again. */
  reload(): Promise<void>;
};

export type PostponeOptions = { mayBringForward: boolean };

export type HandOverOutcome = Awaited<ReturnType<RebootPort["schedule"]>> | { kind: "moved" };

type Deps = {
  files: StateFiles;
  path: string;
  clock: Clock;
  reboots: RebootPort;
  changes: ChangeSignal;
  at: AtFaultPoint;
  log: Log;
};

/** Reads what an earlier run planned. */
export async function openPlannedReboots(deps: Deps): Promise<PlannedReboots> {
  const { clock, at } = deps;
  const serially = createSerialQueue();
  const store = createPlanStore(deps);
  const moves = createPlanMoves(deps, store);

  await store.load();
  return {
    find: store.find,
    next(bootId) {
      const plans = store.adjust((plan) => adjustToWallClock(plan, clock));
      const ofBoot = plans.filter((plan) => plan.bootId === bootId);
      return ofBoot.toSorted((a, b) => a.dueSinceBootMs - b.dueSinceBootMs)[0] ?? null;
    },
    add: (plan) =>
      serially(async () => {
        await store.put(plan);
        at("reboot-planned");
      }),
    remove: (actionId) =>
      serially(async () => {
        if (store.find(actionId)) await store.removeAnyway(actionId);
        at("reboot-removed");
      }),
    forget: () => serially(() => store.clearAnyway()),
    handOver: (decidedOn, delayMinutes) => serially(() => moves.handOver(decidedOn, delayMinutes)),
    giveTime: (plan) =>
      serially(async () => {
        if (store.isCurrent(plan))
          await store.putAnyway(moveTo(plan, clock.sinceBootMs() + FINAL_NOTICE_MS, clock));
      }),
    bringsForward(actionId, toMs) {
      const plan = store.find(actionId);
      return plan !== undefined && moves.dueAfterMove(toMs) < plan.dueSinceBootMs;
    },
    postpone: (actionId, toMs, options) =>
      serially(() => moves.postpone(actionId, toMs, options)).catch((error: unknown) =>
        refused("failed", messageOf(error)),
      ),
    settle: (actionId) =>
      serially(async () => {
        const plan = store.find(actionId);
        if (!plan || plan.movesToSinceBootMs === null) return;
        await moves.callOffAndMove({ ...plan, movesToSinceBootMs: null }, plan);
      }),
    areLost: store.areLost,
    reload: () => serially(store.load),
  };
}

type PlanStore = ReturnType<typeof createPlanStore>;

/** The plans, and their file. What ends in `Anyway` counts until the next restart where the disk does not accept it. */
function createPlanStore({ files, path, changes, log }: Deps) {
  let plans: RebootPlan[] = [];
  let areLost = false;

  const find = (actionId: string) => plans.find((plan) => plan.actionId === actionId);
  const others = (actionId: string) => plans.filter((plan) => plan.actionId !== actionId);

  async function store(next: RebootPlan[]): Promise<void> {
    if (next.length === 0) await files.remove(path);
    else await files.replace(path, JSON.stringify(next), { sync: true });
    plans = next;
    changes.notify();
  }

  async function storeAnyway(next: RebootPlan[]): Promise<void> {
    await store(next).catch((error: unknown) => {
      log.error(`A planned reboot could not be stored: ${messageOf(error)}`);
      plans = next;
      changes.notify();
    });
  }

  return {
    async load(): Promise<void> {
      const text = await files.read(path).catch((error: unknown) => `unread: ${messageOf(error)}`);
      const stored = parseStored<RebootPlan[]>(text, (content) => content.every(isPlan));
      areLost = text !== null && stored === null;
      if (areLost) {
        log.error(`Planned reboots cannot be read, or are damaged: ${path}`);
        files.noteDamage(path, "planned reboots cannot be read");
      }
      plans = stored ?? [];
    },
    find,
    /** A local user's choice may have been stored since the plan was read. */
    isCurrent: (plan: RebootPlan) => find(plan.actionId) === plan,
    areLost: () => areLost,
    adjust: (change: (plan: RebootPlan) => RebootPlan) => (plans = plans.map(change)),
    put: (plan: RebootPlan) => store([...others(plan.actionId), plan]),
    putAnyway: (plan: RebootPlan) => storeAnyway([...others(plan.actionId), plan]),
    removeAnyway: (actionId: string) => storeAnyway(others(actionId)),
    clearAnyway: () => storeAnyway([]),
  };
}

/** Gives plans to the system, takes them back and moves them. */
function createPlanMoves({ clock, reboots, at }: Deps, store: PlanStore) {
  async function handOver(plan: RebootPlan, delayMinutes: number): Promise<HandOverOutcome> {
    if (!store.isCurrent(plan)) return { kind: "moved" };
    try {
      // Before it is done: after a crash in between it is waited for, and never done twice.
      await store.put(asHandedOver(plan, delayMinutes, clock));
    } catch (error) {
      return { kind: "failed", reason: messageOf(error) };
    }
    at("reboot-written");
    const taken = await reboots.schedule({ delayMinutes, message: plan.reason });
    at("reboot-handed-over");
    return taken;
  }

  const dueAfterMove = (toMs: number) => clock.sinceBootMs() + Math.max(0, toMs - clock.wallMs());

  async function postpone(
    actionId: string,
    toMs: number,
    { mayBringForward }: PostponeOptions,
  ): Promise<RequestOutcome> {
    const plan = store.find(actionId);
    if (!plan) return refused("unknown");
    const dueSinceBootMs = dueAfterMove(toMs);
    if (dueSinceBootMs < plan.dueSinceBootMs && !mayBringForward) return refused("not-at-console");
    if (dueSinceBootMs > plan.latestSinceBootMs) return refused("too-late");
    const isLater = dueSinceBootMs > plan.dueSinceBootMs;
    if (isLater && plan.postponementsLeft === 0) return refused("no-postponements-left");
    const next = { ...plan, postponementsLeft: plan.postponementsLeft - (isLater ? 1 : 0) };
    if (plan.isWithSystem) return callOffAndMove(plan, { ...next, movesToSinceBootMs: dueSinceBootMs });
    await store.put(moveTo(next, dueSinceBootMs, clock));
    at("reboot-moved");
    return DONE;
  }

  /** Written before the system is asked: a later run that finds it so finishes it, and nothing is done twice. */
  async function callOffAndMove(before: RebootPlan, moving: RebootPlan): Promise<RequestOutcome> {
    await store.put(moving);
    at("reboot-moving");
    const refusal = await callOff(before);
    if (refusal) {
      await store.putAnyway(before);
      return refusal;
    }
    at("reboot-called-off");
    const dueSinceBootMs = moving.movesToSinceBootMs ?? before.dueSinceBootMs;
    const moved = { ...moveTo(moving, dueSinceBootMs, clock), isWithSystem: false };
    await store.putAnyway(moved);
    at("reboot-moved");
    return DONE;
  }

  /** Null once the system has no reboot scheduled. */
  async function callOff({ dueSinceBootMs }: RebootPlan): Promise<RequestOutcome | null> {
    const called = await reboots.cancel();
    if (called.kind === "failed") return refused("too-late", called.reason);
    // Nothing is scheduled: after its time the machine may be going down.
    const mayGoDown = called.kind === "none-scheduled" && dueSinceBootMs <= clock.sinceBootMs();
    return mayGoDown ? refused("too-late") : null;
  }

  return { handOver, postpone, dueAfterMove, callOffAndMove };
}
