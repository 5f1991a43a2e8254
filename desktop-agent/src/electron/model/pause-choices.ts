import type { LocalView } from "@muster/shared/contracts/local-agent.ts";

/** 30 minutes and 2 hours. */
const OFFERED_MS = [30 * 60_000, 2 * 3_600_000];

/** How the user can pause or resume now. `null` among `choicesMs`: until resumed. */
type PauseChoices =
  | { kind: "offered"; choicesMs: (number | null)[] }
  | { kind: "resume" }
  | { kind: "none"; why: "not-reporting" | "forbidden" | "elsewhere" };

/** The durations within the organization's limit. With a limit, the longest allowed pause replaces "until resumed". */
export function pauseChoices({ state, pause }: Pick<LocalView, "state" | "pause">): PauseChoices {
  if (state.kind === "paused")
    return pause.isAllowed ? { kind: "resume" } : { kind: "none", why: "elsewhere" };
  if (state.kind !== "reporting") return { kind: "none", why: "not-reporting" };
  const { longestMs, isAllowed } = pause;
  if (longestMs === 0) return { kind: "none", why: "forbidden" };
  if (!isAllowed) return { kind: "none", why: "elsewhere" };
  if (longestMs === null) return { kind: "offered", choicesMs: [...OFFERED_MS, null] };
  const within = OFFERED_MS.filter((choice) => choice < longestMs);
  return { kind: "offered", choicesMs: [...within, longestMs] };
}
