import type { AgentPolicy, ReportAnswer } from "@muster/shared/contracts/report.ts";
import type { DeviceActions } from "../actions/device-actions.ts";
import type { Sampling } from "../collecting/sampling.ts";
import type { Log } from "../log.ts";
import type { BackfillLane } from "./backfill-lane.ts";
import { createIgnoredNames } from "./ignored-names.ts";
import type { LaneEvent, LiveMessage } from "./lane-event.ts";
import type { Support } from "../support/open-support.ts";
import type { ReportInterval } from "./report-interval.ts";
import type { ReportSections } from "./report-sections.ts";
import type { ModeControl } from "./reporting-mode.ts";
import type { ContactTracker } from "./server-contact.ts";

export type LaneEvents = {
  handle(event: LaneEvent): void;
  /** Actions that wait at the server, by its last answer. */
  waitingActions(): number;
  /** Fields that the server does not know. */
  ignored(): string[];
};

type Deps = {
  log: Log;
  contact: ContactTracker;
  sections: ReportSections;
  interval: ReportInterval;
  mode: ModeControl;
  sampling: Sampling;
  backfill: BackfillLane;
  actions: DeviceActions;
  support: Pick<Support, "serverReached">;
  policy: () => AgentPolicy | null;
  /** The server sent another policy. */
  policyReceived: (policy: AgentPolicy) => void;
  changed: () => void;
};

/** Applies what became of each report. */
export function createLaneEvents(deps: Deps): LaneEvents {
  const { log, contact, sections, interval, mode, sampling, backfill, actions } = deps;
  const ignored = createIgnoredNames(log);
  let waitingActions = 0;

  function delivered(answer: ReportAnswer, message: LiveMessage | null): void {
    if (!contact.now().isReached) actions.serverIsBack();
    contact.delivered();
    if (message) sections.delivered(message.sections);
    if (answer.wantInventory) sections.inventoryRequested();
    if (answer.ignored) ignored.note(answer.ignored);
    if (answer.refusedSamples)
      log.warn(`The server refused ${answer.refusedSamples} samples: their time is out of range.`);
    if (answer.intervalS !== undefined && interval.request(answer.intervalS))
      sampling.setInterval(interval.seconds() * 1000);
    if (answer.policy && answer.policy.id !== deps.policy()?.id) deps.policyReceived(answer.policy);
    waitingActions = answer.waitingActions ?? 0;
    if (mode.now().kind === "revoked") mode.readmit();
    if (mode.now().kind === "sampling") backfill.wake();
    actions.serverReached(waitingActions);
    deps.support.serverReached(answer.supportChangedAt);
  }

  return {
    handle(event) {
      switch (event.kind) {
        case "delivered":
          delivered(event.answer, event.message);
          break;
        case "refused":
          log.error(`The server does not accept this report: ${event.reason}`);
          if (event.message) sections.refused(event.message.sections);
          break;
        case "unreached":
          // A last word aborts the report that is under way, which says nothing about the server.
          if (mode.now().kind !== "silent") contact.unreached(event.reason);
          void backfill.stop();
          break;
        case "conflict":
          log.warn("The server has another report under this number: the numbering starts again.");
          break;
        case "behind":
          log.warn(
            "The server has later reports of this device than this agent knows: a new numbering begins.",
          );
          break;
        case "revoked":
          mode.revoke();
          break;
      }
      deps.changed();
    },
    waitingActions: () => waitingActions,
    ignored: ignored.list,
  };
}
