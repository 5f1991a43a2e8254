import type { Configuration } from "../../platform/config/configuration.ts";
import type { DatabaseInspection } from "../../platform/database/inspect-database.ts";

/** Result of one check. `advice` says what to do about a warning or a failure. */
export type Finding = { state: "ok" | "warn" | "fail"; message: string; advice?: string };

/** Input of the checks. `database` is null when there is none yet, and an Error when it cannot be read. */
export type CheckInput = {
  configuration: Configuration;
  database: DatabaseInspection | null | Error;
  now: number;
};

export type Check = { name: string; run(examined: CheckInput): Promise<Finding> | Finding };

export function ok(message: string): Finding {
  return { state: "ok", message };
}

export function warn(message: string, advice: string): Finding {
  return { state: "warn", message, advice };
}

export function fail(message: string, advice: string): Finding {
  return { state: "fail", message, advice };
}
