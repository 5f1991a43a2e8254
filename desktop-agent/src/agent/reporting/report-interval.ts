import type { Log } from "../log.ts";

const MOST_INTERVAL_S = 86_400;

/** Seconds between reports. */
export type ReportInterval = {
  seconds(): number;
  /** The server wishes another one. True when it counts: this machine's configuration demands none. */
  wish(wishedS: number): boolean;
};

/** @param ownS interval that this machine's configuration demands, null: the server's wish counts. @param firstS the server's at enrolment. */
export function createReportInterval(ownS: number | null, firstS: number, log: Log): ReportInterval {
  let intervalS = clamp(ownS ?? firstS);
  return {
    seconds: () => intervalS,
    wish(wishedS) {
      if (ownS !== null || wishedS === intervalS) return false;
      intervalS = clamp(wishedS);
      log.info(`The server wishes a report every ${intervalS} s.`);
      return true;
    },
  };
}

function clamp(intervalS: number): number {
  return Math.min(MOST_INTERVAL_S, Math.max(1, Math.round(intervalS)));
}
