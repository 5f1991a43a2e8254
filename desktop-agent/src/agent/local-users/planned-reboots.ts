import type { RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import type { Clock, FilePort, RebootPort } from "../../platform/ports.ts";
import { type Log, messageOf } from "../log.ts";
import type { AtFaultPoint } from "../actions/fault-points.ts";
import { parseOwn } from "../state/state-file.ts";
import { createSerialQueue } from "../serial-queue.ts";
import type { Bell } from "./change-signal.ts";
import { followWall, handedOver, isPlan, LAST_MINUTES_MS, moveTo, type RebootPlan } from "./reboot-plan.ts";
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
   * Gives it to the system, where the plan is still the one that this was decided on. What the system says; `failed` also where that
   * could not be written before.
   */
  handOver(decidedOn: RebootPlan, delayMinutes: number): Promise<HandedOver>;
  /** Five minutes from now, since its instant was missed. Nothing where the plan is another by then. */
  giveTime(decidedOn: RebootPlan): Promise<void>;
  /** A person's wish to move it to `toMs` of the wall clock; at or before now means now. */
  postpone(actionId: string, toMs: number): Promise<RequestOutcome>;
  /** Ends what an earlier run began: a reboot that it was putting off is called off with the system, and moved. */
  settle(actionId: string): Promise<void>;
  /** Whether what an earlier run planned could not be read: then the system may have what is not found here. */
  areLost(): boolean;
  /** Reads the file anew. */
  reload(): Promise<void>;
};

export type HandedOver = Awaited<ReturnType<RebootPort["schedule"]>> | { kind: "moved" };

type Deps = {
  files: FilePort;
  path: string;
  clock: Clock;
  reboots: RebootPort;
  bell: Bell;
  at: AtFaultPoint;
  log: Log;
};

/** Reads what an earlier run planned. */
export async function openPlannedReboots(deps: Deps): Promise<PlannedReboots> {
  const { files, path, clock, reboots, bell, at, log } = deps;
  const inTurn = createSerialQueue();
  let plans: RebootPlan[] = [];
  let areLost = false;

  const find = (actionId: string) => plans.find((plan) => plan.actionId === actionId);
  const others = (actionId: string) => plans.filter((plan) => plan.actionId !== actionId);
  /** A person's choice may have been stored since it was read. */
  const isCurrent = (plan: RebootPlan) => find(plan.actionId) === plan;

  async function load(): Promise<void> {
    const text = await files.read(path).catch((error: unknown) => `unread: ${messageOf(error)}`);
    const stored = parseOwn<RebootPlan[]>(text, (content) => content.every(isPlan));
    areLost = text !== null && stored === null;
    if (areLost) log.error("Planned reboots cannot be read, or are damaged.");
    plans = stored ?? [];
  }

  async function store(next: RebootPlan[]): Promise<void> {
    if (next.length === 0) await files.remove(path);
    else await files.replace(path, JSON.stringify(next), { sync: true });
    plans = next;
    bell.ring();
  }

  const put = (plan: RebootPlan) => store([...others(plan.actionId), plan]);

  /** As `store`, and counts until the next restart of the agent where the disk does not take it. */
  async function storeAnyway(next: RebootPlan[]): Promise<void> {
    await store(next).catch((error: unknown) => {
      log.error(`A planned reboot could not be stored: ${messageOf(error)}`);
      plans = next;
      bell.ring();
    });
  }

  async function handOver(plan: RebootPlan, delayMinutes: number): Promise<HandedOver> {
    if (!isCurrent(plan)) return { kind: "moved" };
    try {
      // Before it is done: after a crash in between it is waited for, and never done twice.
      await put(handedOver(plan, delayMinutes, clock));
    } catch (error) {
      return { kind: "failed", reason: messageOf(error) };
    }
    at("reboot-written");
    const taken = await reboots.schedule({ delayMinutes, message: plan.reason });
    at("reboot-handed-over");
    return taken;
  }

  async function postpone(actionId: string, toMs: number): Promise<RequestOutcome> {
    const plan = find(actionId);
    if (!plan) return refused("unknown");
    const sinceBootMs = clock.sinceBootMs();
    const dueSinceBootMs = sinceBootMs + Math.max(0, toMs - clock.wallMs());
    if (dueSinceBootMs > plan.latestSinceBootMs) return refused("too-late");
    const isLater = dueSinceBootMs > plan.dueSinceBootMs;
    if (isLater && plan.postponementsLeft === 0) return refused("no-postponements-left");
    const next = { ...plan, postponementsLeft: plan.postponementsLeft - (isLater ? 1 : 0) };
    if (plan.isWithSystem) return callOffAndMove(plan, { ...next, movesToSinceBootMs: dueSinceBootMs });
    await put(moveTo(next, dueSinceBootMs, clock));
    at("reboot-moved");
    return DONE;
  }

  /** Written before the system hears it: a run that finds it so ends it, and whatever happens it is not done twice. */
  async function callOffAndMove(before: RebootPlan, moving: RebootPlan): Promise<RequestOutcome> {
    await put(moving);
    at("reboot-moving");
    const refusal = await callOff(before);
    if (refusal) {
      await storeAnyway([...others(before.actionId), before]);
      return refusal;
    }
    at("reboot-called-off");
    const dueSinceBootMs = moving.movesToSinceBootMs ?? before.dueSinceBootMs;
    const moved = { ...moveTo(moving, dueSinceBootMs, clock), isWithSystem: false };
    await storeAnyway([...others(before.actionId), moved]);
    at("reboot-moved");
    return DONE;
  }

  /** Null once the system has nothing of it. */
  async function callOff({ dueSinceBootMs }: RebootPlan): Promise<RequestOutcome | null> {
    const called = await reboots.cancel();
    if (called.kind === "failed") return refused("too-late", called.reason);
    // Nothing is scheduled: after its time the machine may be going down.
    const mayGoDown = called.kind === "none-scheduled" && dueSinceBootMs <= clock.sinceBootMs();
    return mayGoDown ? refused("too-late") : null;
  }

  await load();
  return {
    find,
    next(bootId) {
      plans = plans.map((plan) => followWall(plan, clock));
      return (
        plans
          .filter((plan) => plan.bootId === bootId)
          .toSorted((a, b) => a.dueSinceBootMs - b.dueSinceBootMs)[0] ?? null
      );
    },
    add: (plan) =>
      inTurn(async () => {
        await put(plan);
        at("reboot-planned");
      }),
    remove: (actionId) =>
      inTurn(async () => {
        if (find(actionId)) await storeAnyway(others(actionId));
        at("reboot-removed");
      }),
    forget: () => inTurn(() => storeAnyway([])),
    handOver: (decidedOn, delayMinutes) => inTurn(() => handOver(decidedOn, delayMinutes)),
    giveTime: (plan) =>
      inTurn(async () => {
        if (!isCurrent(plan)) return;
        const moved = moveTo(plan, clock.sinceBootMs() + LAST_MINUTES_MS, clock);
        await storeAnyway([...others(plan.actionId), moved]);
      }),
    postpone: (actionId, toMs) =>
      inTurn(() => postpone(actionId, toMs)).catch((error: unknown) => refused("failed", messageOf(error))),
    settle: (actionId) =>
      inTurn(async () => {
        const plan = find(actionId);
        if (!plan || plan.movesToSinceBootMs === null) return;
        await callOffAndMove({ ...plan, movesToSinceBootMs: null }, plan);
      }),
    areLost: () => areLost,
    reload: () => inTurn(load),
  };
}
