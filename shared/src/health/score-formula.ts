import type { Health, HealthStatus } from "./health.ts";

/** The inputs of the score, each in percent 0 to 100; one that could not be read is absent. */
export type HealthInput = {
  cpu?: number | undefined;
  memory?: number | undefined;
  disk?: number | undefined;
};

const WEIGHTS = { cpu: 0.35, memory: 0.35, disk: 0.3 };
/** The metrics that the score is made of. */
export const HEALTH_METRICS = ["cpu", "memory", "disk"] as const;
export type HealthMetric = (typeof HEALTH_METRICS)[number];

/** Above this share in percent a metric costs points, up to all that it is worth at 100 %. */
export const POINTS_LOST_ABOVE = { cpu: 50, memory: 60, disk: 70 } as const satisfies Record<
  HealthMetric,
  number
>;

/** More than doubles can be wrong by here, and far less than a point. */
const ROUNDING_ERROR = 1e-9;

/** The share of each metric in the score, 0 to 1. */
type Parts = Record<HealthMetric, number>;

/** The score and its status without what explains it; null when an input is missing. */
export function scoreOf({
  cpu,
  memory,
  disk,
}: HealthInput): { status: Exclude<HealthStatus, "unknown">; score: number } | null {
  if (cpu === undefined || memory === undefined || disk === undefined) return null;
  return scoreOfParts(partsOf(cpu, memory, disk));
}

/**
 * DashFleet's health formula, to the digit (fleet_utils.py): each metric is worth 1 up to 50 % cpu, 60 % memory and 70 % disk and
 * falls to 0 at 100 %; weights 0.35, 0.35, 0.30; rounded half to even; at least 80 is ok, at least 60 is warn. A missing input
 * gives "unknown" with the names of what is missing.
 */
export function healthOf(input: HealthInput): Health {
  const { cpu, memory, disk } = input;
  if (cpu === undefined || memory === undefined || disk === undefined) {
    return { status: "unknown", missing: HEALTH_METRICS.filter((metric) => input[metric] === undefined) };
  }
  const parts = partsOf(cpu, memory, disk);
  const { status, score } = scoreOfParts(parts);
  return {
    status,
    score,
    components: {
      cpu: roundHalfToEven(parts.cpu * 100),
      memory: roundHalfToEven(parts.memory * 100),
      disk: roundHalfToEven(parts.disk * 100),
    },
    lost: pointsLost(parts, 100 - score),
  };
}

function partsOf(cpu: number, memory: number, disk: number): Parts {
  return { cpu: partOf("cpu", cpu), memory: partOf("memory", memory), disk: partOf("disk", disk) };
}

function scoreOfParts(parts: Parts) {
  const overall = parts.cpu * WEIGHTS.cpu + parts.memory * WEIGHTS.memory + parts.disk * WEIGHTS.disk;
  const score = roundHalfToEven(overall * 100);
  return { status: score >= 80 ? "ok" : score >= 60 ? "warn" : "critical", score } as const;
}

/** Splits `total` points by what each metric exactly costs; the largest remainders get the points that rounding down left over. */
function pointsLost(parts: Parts, total: number) {
  const exact = HEALTH_METRICS.map((metric) => ({
    metric,
    points: (1 - parts[metric]) * WEIGHTS[metric] * 100,
  }));
  const lost = { cpu: 0, memory: 0, disk: 0 };
  for (const { metric, points } of exact) lost[metric] = Math.floor(points + ROUNDING_ERROR);
  const remainderOf = ({ metric, points }: (typeof exact)[number]) => points - lost[metric];
  const byRemainder = exact.toSorted((a, b) => remainderOf(b) - remainderOf(a));
  const left = total - lost.cpu - lost.memory - lost.disk;
  for (const { metric } of byRemainder.slice(0, left)) lost[metric] += 1;
  return lost;
}

/** What a metric is worth by itself, 0 to 1. */
function partOf(metric: HealthMetric, percent: number): number {
  const from = POINTS_LOST_ABOVE[metric];
  return clamp(1 - Math.max(0, (percent - from) / (100 - from)));
}

function clamp(value: number): number {
  return Math.max(0, Math.min(1, value));
}

/** Python's round(): a half goes to the even neighbour. */
export function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
