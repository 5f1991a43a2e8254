import type { TrayRole } from "../ipc-contract.ts";

/** What can be found out about a service on this machine. */
export type ServiceFacts = {
  /** It is connected to this tray. */
  isAnswering: boolean;
  /** It is installed, though it may not run. */
  isInstalled: boolean;
};

/**
 * How the tray comes by its agent. An installed service that is silent keeps its role: it may be starting or being replaced, and a
 * machine whose two agents take turns would report twice.
 */
export function chooseRole({ isAnswering, isInstalled }: ServiceFacts): TrayRole {
  if (isAnswering) return "service";
  return isInstalled ? "service-silent" : "own-engine";
}
