import type { ServiceState, ServiceStartup } from "@muster/shared/contracts/service.ts";
import type { ServiceReading } from "../ports/services-port.ts";
import type { DbusValue } from "./dbus/dbus-signature.ts";

/** A loaded service unit. `path` is its object on the bus. */
export type SystemdUnit = { name: string; state: ServiceState; subState: string; path: string };

/** Properties of systemd's interface `Unit`, by which a service is described. */
export const UNIT_PROPERTIES = ["StateChangeTimestamp", "UnitFileState"] as const;
/** Properties of systemd's interface `Service`, by which a service is described. */
export const SERVICE_PROPERTIES = [
  "Result",
  "ExecMainCode",
  "ExecMainStatus",
  "MainPID",
  "NRestarts",
] as const;

export type UnitProperties = Partial<
  Record<(typeof UNIT_PROPERTIES)[number] | (typeof SERVICE_PROPERTIES)[number], DbusValue | undefined>
>;

/** Reads the answer to `ListUnitsByPatterns`; units that exist only by their name in another unit are left out. */
export function parseUnits(units: DbusValue | undefined): SystemdUnit[] {
  return (Array.isArray(units) ? units : []).flatMap((unit) => {
    if (!Array.isArray(unit)) return [];
    const [name, , loadState, activeState, subState, , path] = unit.map(String);
    if (!name?.endsWith(".service") || loadState === "not-found" || !path) return [];
    return { name, state: stateOf(activeState ?? "", subState ?? ""), subState: subState ?? "", path };
  });
}

/** A unit with its properties; one that is absent was not read. */
export function toService({ name, state, subState }: SystemdUnit, given: UnitProperties): ServiceReading {
  const result = textOf(given.Result);
  const hasFailed = result !== undefined && result !== "success";
  // 0: no process has ended; 1: it exited; 2 and 3: a signal ended it.
  const hasExited = (numberOf(given.ExecMainCode) ?? 0) > 0;
  const sinceUs = numberOf(given.StateChangeTimestamp);
  return {
    name,
    state,
    nativeState: subState || undefined,
    startup: startupOf(textOf(given.UnitFileState)),
    result: hasFailed ? result : undefined,
    exitCode: hasFailed && hasExited ? numberOf(given.ExecMainStatus) : undefined,
    pid: numberOf(given.MainPID) || undefined,
    restarts: numberOf(given.NRestarts),
    sinceMs: sinceUs ? Math.floor(sinceUs / 1_000) : undefined,
  };
}

function stateOf(active: string, sub: string): ServiceState {
  switch (active) {
    case "failed":
      return "failed";
    case "activating":
      return "starting";
    case "deactivating":
      return "stopping";
    case "active":
    case "reloading":
    case "refreshing":
      return sub === "exited" ? "exited" : "running";
    default:
      return "inactive";
  }
}

function startupOf(unitFileState: string | undefined): ServiceStartup | undefined {
  switch (unitFileState) {
    case undefined:
    case "":
      return undefined;
    case "enabled":
    case "enabled-runtime":
      return "enabled";
    case "disabled":
      return "disabled";
    case "static":
      return "static";
    case "masked":
    case "masked-runtime":
      return "masked";
    default:
      return "other";
  }
}

const textOf = (value: DbusValue | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

/** systemd's "not set" is the largest UINT64, which is not a safe integer. */
const numberOf = (value: DbusValue | undefined): number | undefined =>
  typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;
