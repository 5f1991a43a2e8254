import type { WishOutcome } from "@muster/shared/contracts/local-agent.ts";
import type { Clock, FilePort, RebootPort } from "../../platform/ports.ts";
import { type Log, messageOf } from "../log.ts";
import { parseOwn } from "../own-file.ts";
import { createSerialQueue } from "../serial-queue.ts";
import type { Bell } from "./bell.ts";
import { LAST_MINUTES_MS, moveTo, type RebootPlan } from "./reboot-plan.ts";
import { DONE, refused } from "./wish-outcome.ts";

/** Reboots that are to come, kept over a restart of the agent. */
export type PlannedReboots = {
  find(actionId: string): RebootPlan | undefined;
  /** The one that comes first in this boot, null when none does. */
  next(bootId: string): RebootPlan | null;
  /** Rejects when the disk does not take it: then nothing may be planned. */
  add(plan: RebootPlan): Promise<void>;
  remove(actionId: string): Promise<void>;
  /** Gives it to the system. What the system says; `failed` also where that could not be written before. */
  handOver(actionId: string, delayMinutes: number): Promise<Awaited<ReturnType<RebootPort["schedule"]>>>;
  /** Five minutes from now, since its instant was missed. */
  giveTime(actionId: string): Promise<void>;
  /** A person's wish to move it to `toMs` of the wall clock; at or before now means now. */
  postpone(actionId: string, toMs: number): Promise<WishOutcome>;
  /** Reads the file anew. */
  reload(): Promise<void>;
};

type Deps = { files: FilePort; path: string; clock: Clock; reboots: RebootPort; bell: Bell; log: Log };

/** Reads what an earlier run planned. */
export async function openPlannedReboots(deps: Deps): Promise<PlannedReboots> {
  const { files, path, clock, reboots, bell, log } = deps;
  const inTurn = createSerialQueue();
  let plans: RebootPlan[] = [];

  const find = (actionId: string) => plans.find((plan) => plan.actionId === actionId);
  const others = (actionId: string) => plans.filter((plan) => plan.actionId !== actionId);

  async function load(): Promise<void> {
    const text = await files.read(path).catch((error: unknown) => {
      log.error(`Planned reboots cannot be read: ${messageOf(error)}`);
      return null;
    });
    plans = parseOwn<RebootPlan[]>(text, (content) => content.every(isWhole)) ?? [];
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

  async function handOver(actionId: string, delayMinutes: number) {
    const plan = find(actionId);
    if (!plan) return { kind: "failed", reason: "it is not planned any more" } as const;
    try {
      // Before it is done: after a crash in between it is waited for, and never done twice.
      const dueSinceBootMs = clock.sinceBootMs() + delayMinutes * 60_000;
      await put({ ...moveTo(plan, dueSinceBootMs, clock), isWithSystem: true });
    } catch (error) {
      return { kind: "failed", reason: messageOf(error) } as const;
    }
    return reboots.schedule({ delayMinutes, message: plan.reason });
  }

  async function postpone(actionId: string, toMs: number): Promise<WishOutcome> {
    const plan = find(actionId);
    if (!plan) return refused("unknown");
    const sinceBootMs = clock.sinceBootMs();
    const dueSinceBootMs = sinceBootMs + Math.max(0, toMs - clock.wallMs());
    if (dueSinceBootMs > plan.latestSinceBootMs) return refused("too-late");
    const isLater = dueSinceBootMs > plan.dueSinceBootMs;
    if (isLater && plan.postponementsLeft === 0) return refused("no-postponements-left");
    if (plan.isWithSystem) {
      const called = await reboots.cancel();
      if (called.kind === "failed") return refused("too-late", called.reason);
      if (called.kind === "none-scheduled" && plan.dueSinceBootMs <= sinceBootMs) return refused("too-late");
    }
    const postponementsLeft = plan.postponementsLeft - (isLater ? 1 : 0);
    await put({ ...moveTo(plan, dueSinceBootMs, clock), postponementsLeft, isWithSystem: false });
    return DONE;
  }

  await load();
  return {
    find,
    next: (bootId) =>
      plans
        .filter((plan) => plan.bootId === bootId)
        .toSorted((a, b) => a.dueSinceBootMs - b.dueSinceBootMs)[0] ?? null,
    add: (plan) => inTurn(() => put(plan)),
    remove: (actionId) =>
      inTurn(async () => {
        if (find(actionId)) await storeAnyway(others(actionId));
      }),
    handOver: (actionId, delayMinutes) => inTurn(() => handOver(actionId, delayMinutes)),
    giveTime: (actionId) =>
      inTurn(async () => {
        const plan = find(actionId);
        if (!plan) return;
        const moved = moveTo(plan, clock.sinceBootMs() + LAST_MINUTES_MS, clock);
        await storeAnyway([...others(actionId), moved]);
      }),
    postpone: (actionId, toMs) =>
      inTurn(() => postpone(actionId, toMs)).catch((error: unknown) => refused("failed", messageOf(error))),
    reload: () => inTurn(load),
  };
}

function isWhole({ actionId, bootId, dueSinceBootMs, latestSinceBootMs, dueAtMs }: RebootPlan): boolean {
  const instants = [dueSinceBootMs, latestSinceBootMs, dueAtMs];
  return actionId !== "" && bootId !== "" && instants.every(Number.isFinite);
}
