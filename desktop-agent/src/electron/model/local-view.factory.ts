import { attentionOf } from "@muster/shared/health/attention.ts";
import { healthOf } from "@muster/shared/health/score.ts";
import type { LocalView } from "@muster/shared/contracts/local-agent.ts";

type Metrics = { cpu?: number; memory?: number; disk?: number; diskFree?: number };

/** A healthy machine that reports; `changes` replace whole properties. */
export function makeLocalView(changes: Partial<LocalView> = {}): LocalView {
  return {
    agent: { version: "0.1.0", variant: "tray", startedAtMs: 0 },
    hostname: "front-desk-2",
    state: { kind: "reporting" },
    enrolled: {
      deviceId: "0198c0de-0000-7000-8000-000000000001",
      server: "https://muster.example.com",
      organization: "Acme",
      intervalS: 15,
    },
    contact: { isReached: true, lastDeliveredAtMs: 1_000_000, problem: null },
    spooledSamples: 0,
    waitingActions: 0,
    ...measured({ cpu: 12, memory: 41, disk: 55, diskFree: 212e9 }),
    pause: { isAllowed: true, longestMs: null },
    unreadMessages: 0,
    unshownMessages: [],
    reboot: null,
    support: { revision: 0, alarms: [], unreadAnswers: [] },
    ...changes,
  };
}

/** `latest` and `attention` for a sample with these values, as if they had lasted for a long time. */
export function measured(metrics: Metrics): Pick<LocalView, "latest" | "attention"> {
  const health = healthOf(metrics);
  const attention = attentionOf({
    held: health.status === "unknown" ? null : health,
    diskUsedPercent: metrics.disk,
    diskFreeBytes: metrics.diskFree,
    isAbsent: false,
    isCloneSuspected: false,
    isApprovalPending: false,
  });
  return { latest: { sample: { at: 1_000_000, ...metrics }, health, diskMount: "/home" }, attention };
}
