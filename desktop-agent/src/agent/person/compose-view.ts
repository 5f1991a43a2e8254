import { hostname } from "node:os";
import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import { cleanLine } from "../../collectors/clean-line.ts";
import { longestPauseMs } from "../policy-store.ts";
import type { PeopleDeps } from "./people.ts";

/** The part of a view that is another for each person. */
export type OwnPart = Pick<LocalView, "unreadMessages" | "unshownMessages"> & {
  isAtConsole: boolean;
  reboot: LocalView["reboot"];
};

type Deps = Pick<PeopleDeps, "agent" | "startedAtMs" | "status" | "observations" | "policy">;

/** The machine as one person sees it now. */
export function composeView(deps: Deps, own: OwnPart): LocalView {
  const { state, reporting } = deps.status();
  const { observations } = deps;
  const latest = state.kind === "reporting" ? observations.latest() : null;
  const longestMs = longestPauseMs(deps.policy());
  return {
    agent: { version: deps.agent.version, variant: deps.agent.variant, startedAtMs: deps.startedAtMs },
    hostname: observations.inventory()?.hostname ?? cleanLine(hostname(), 255) ?? "unknown",
    state,
    enrolled: reporting
      ? {
          deviceId: reporting.deviceId,
          server: reporting.server,
          organization: reporting.organization,
          intervalS: reporting.intervalS,
        }
      : null,
    contact: reporting?.contact ?? { isReached: false, lastDeliveredAtMs: null, problem: null },
    spooledSamples: reporting?.spool.samples ?? 0,
    waitingActions: reporting?.waitingActions ?? 0,
    latest:
      latest === null
        ? null
        : { sample: latest.sample, health: latest.health, diskMount: latest.facts.diskMount ?? null },
    attention: observations.attention(),
    pause: {
      isAllowed: own.isAtConsole,
      longestMs: Number.isFinite(longestMs) ? longestMs : null,
    },
    unreadMessages: own.unreadMessages,
    unshownMessages: own.unshownMessages,
    reboot: own.reboot,
  };
}
