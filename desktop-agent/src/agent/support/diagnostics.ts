import type { HelpDiagnostics } from "@muster/shared/contracts/device-support.ts";
import { cleanLine } from "../../collectors/clean-line.ts";
import type { Clock } from "../../platform/ports.ts";
import type { Observations } from "../collecting/observations.ts";
import type { AgentStatus } from "../state/agent-status.ts";

type Sources = {
  clock: Clock;
  agentVersion: string;
  status: AgentStatus;
  observations: Pick<Observations, "latest" | "attention">;
};

/** The state of this computer from what the agent knows anyway: neither the log nor anything of the user is in it. */
export function diagnosticsOf({ clock, agentVersion, status, observations }: Sources): HelpDiagnostics {
  const latest = observations.latest();
  const { sample, health, facts } = latest ?? {};
  const disk = sample?.disk;
  return {
    atMs: clock.wallMs(),
    agentVersion: cleanLine(agentVersion, 60) ?? "unknown",
    state: status.state.kind,
    health: health === undefined || health.status === "unknown" ? null : health.score,
    problem: cleanLine(status.reporting?.contact.problem ?? faultOf(observations), 300) ?? null,
    diskPercent: disk === undefined || disk === null ? null : Math.min(100, Math.max(0, disk)),
    diskMount: cleanLine(facts?.diskMount, 400) ?? null,
    uptimeS: Math.max(0, Math.floor(clock.sinceBootMs() / 1000)),
  };
}

/** The worst fault of the machine, such as a file system that became read-only. */
function faultOf({ attention }: Sources["observations"]): string | null {
  const fault = attention().reasons.find((reason) => reason.kind === "fault");
  return fault ? `${fault.fault}: ${fault.subject}` : null;
}
