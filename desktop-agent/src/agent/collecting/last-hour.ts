import type { HourPoint } from "@muster/shared/contracts/local-agent.ts";
import { type Log, messageOf } from "../log.ts";
import type { AgentHome } from "../state/agent-home.ts";
import type { ReadState } from "../state/state-files.ts";
import type { FilePort } from "../../platform/ports.ts";

const HOUR_MS = 3_600_000;
const MAX_POINTS = 240;
const SLOT_MS = HOUR_MS / MAX_POINTS;

/** Metrics of the last hour, at most one point for each quarter of a minute. */
type LastHour = {
  /** A later one of the same quarter of a minute takes the place of the earlier. */
  add(point: HourPoint): void;
  /** Oldest first. */
  points(nowMs: number): HourPoint[];
};

export function createLastHour(): LastHour {
  let kept: HourPoint[] = [];
  const slotOf = ({ atMs }: HourPoint) => Math.floor(atMs / SLOT_MS);
  return {
    add(point) {
      // A point in the future was read before the clock was set back.
      kept = kept.filter((earlier) => slotOf(earlier) < slotOf(point));
      kept.push(point);
      if (kept.length > MAX_POINTS) kept.shift();
    },
    points: (nowMs) => kept.filter(({ atMs }) => atMs > nowMs - HOUR_MS && atMs <= nowMs),
  };
}

/** The last hour as the run before kept it when it ended; a run that was killed kept none. */
export async function readHour(readState: ReadState, home: AgentHome): Promise<HourPoint[]> {
  const points = await readState<HourPoint[]>(home.hour, (content) =>
    content.every(({ atMs }) => Number.isFinite(atMs)),
  );
  return points ?? [];
}

export async function storeHour(
  files: FilePort,
  home: AgentHome,
  points: readonly HourPoint[],
  log: Log,
): Promise<void> {
  await files
    .replace(home.hour, JSON.stringify(points), { sync: false })
    .catch((error: unknown) => log.warn(`The last hour could not be kept: ${messageOf(error)}`));
}
