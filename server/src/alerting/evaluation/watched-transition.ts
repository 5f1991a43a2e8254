import type { AlarmTransition } from "../alarm-transition.ts";
import type { AlarmEvent } from "./alarm-state.ts";
import type { CompiledRule } from "./compiled-rule.ts";

/** What the watch of reports stores for the second stage. The version of the condition tells a new name from another rule. */
export type WatchedTransition = { transition: AlarmTransition; conditionVersion: number };

export function transitionOf(
  device: { orgId: string; deviceNo: number; deviceId: string },
  rule: Pick<CompiledRule, "id" | "version">,
  { instance, at, event }: { instance: string | null; at: number; event: AlarmEvent },
): AlarmTransition {
  const { orgId, deviceNo, deviceId } = device;
  return { orgId, deviceNo, deviceId, ruleId: rule.id, ruleVersion: rule.version, instance, at, ...event };
}

export function writeWatched(watched: WatchedTransition): string {
  return JSON.stringify(watched);
}

/** What `writeWatched` wrote. */
export function readWatched(body: string): WatchedTransition {
  return JSON.parse(body);
}
