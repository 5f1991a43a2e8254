import type { Log } from "../log.ts";

const MAX_INTERVAL_S = 86_400;

/** Seconds between reports. */
export type ReportInterval = {
  seconds(): number;
  /** The server requests another one. True when it applies: this machine's configuration sets none. */
  request(requestedS: number): boolean;
};

/** @param configuredS interval that this machine's configuration demands, null: the server decides. @param firstS the server's at enrolment. */
export function createReportInterval(configuredS: number | null, firstS: number, log: Log): ReportInterval {
  let intervalS = clamp(configuredS ?? firstS);
  return {
    seconds: () => intervalS,
    request(requestedS) {
      if (configuredS !== null || requestedS === intervalS) return false;
      intervalS = clamp(requestedS);
      log.info(`The server requests a report every ${intervalS} s.`);
      return true;
    },
  };
}

function clamp(intervalS: number): number {
  return Math.min(MAX_INTERVAL_S, Math.max(1, Math.round(intervalS)));
}
