import type { ServiceState, ServiceStartup } from "@muster/shared/contracts/service.ts";

/** A service as the system's service manager describes it. Undefined: the system does not have the value, or it was not read. */
export type ServiceReading = {
  name: string;
  state: ServiceState;
  nativeState?: string | undefined;
  startup?: ServiceStartup | undefined;
  result?: string | undefined;
  exitCode?: number | undefined;
  pid?: number | undefined;
  restarts?: number | undefined;
  /** Wall-clock instant (epoch ms). */
  sinceMs?: number | undefined;
};

export type ServicesReading =
  | { kind: "services"; services: ServiceReading[]; total: number }
  /** This machine has no service manager that the agent can read. */
  | { kind: "unreadable"; reason: string };

export type ServicesPort = {
  /** Failed services first, then running ones, at most `MAX_REPORTED_SERVICES`. Rejects when the service manager does not answer. */
  read(signal: AbortSignal): Promise<ServicesReading>;
};
