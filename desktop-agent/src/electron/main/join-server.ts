import { enrol, type EnrolOutcome } from "../../agent/identity/enrol.ts";
import { leaveServer, type LeaveResult } from "../../agent-host/leave-server.ts";
import type { RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import type { SetupForm, SetupOutcome, SetupStep } from "../ipc-contract.ts";
import { isPassed, type SetupDeps, trySetup } from "./try-setup.ts";
import type { TrayContext } from "./tray-context.ts";

/** Joins and leaves a server. In the managed role both are the service's, and refused here. */
export type JoinServer = {
  test(form: SetupForm): Promise<SetupStep[]>;
  /** Tests first, and enrols only when every step was passed. `replaces`: although this machine is enrolled. */
  enrol(form: SetupForm, replaces: boolean): Promise<SetupOutcome>;
  leave(): Promise<RequestOutcome>;
};

export function createJoinServer(context: TrayContext): JoinServer {
  const { platform, random, proxyFor } = context;
  const deps: SetupDeps = { clock: platform.clock, random, proxyFor };
  return {
    test: async (form) => (await trySetup(form, deps)).steps,
    async enrol(form, replaces) {
      const { steps, address } = await trySetup(form, deps);
      if (address === null || !isPassed(steps)) return { kind: "failed", steps };
      return setupOutcomeOf(
        await enrol(context, { server: address, token: form.token.trim(), replaces }),
        steps,
      );
    },
    async leave() {
      const result = await leaveServer(context, { force: false });
      // Leaving removes the log folder, and the tray goes on logging.
      await platform.files.makeFolder(context.home.logs);
      return leaveOutcomeOf(result);
    },
  };
}

function leaveOutcomeOf(result: LeaveResult): RequestOutcome {
  switch (result.kind) {
    case "left":
      return { kind: "done" };
    case "not-enrolled":
      return { kind: "refused", why: "failed", message: "This device is not enrolled." };
    case "refused":
    case "unreached":
      return { kind: "refused", why: "failed", message: result.reason.slice(0, 500) };
  }
}

function setupOutcomeOf(outcome: EnrolOutcome, steps: readonly SetupStep[]): SetupOutcome {
  switch (outcome.kind) {
    case "enrolled":
      return {
        kind: "enrolled",
        organization: outcome.identity.organization.name,
        isApproved: outcome.isApproved,
      };
    case "already-enrolled":
      return failedAt("token", `This machine is already enrolled at ${outcome.identity.server.url}.`, steps);
    case "refused":
      return failedAt("token", outcome.reason, steps);
    case "unreached":
      return failedAt("server", outcome.reason, steps);
    case "unidentified":
      return failedAt("server", `This machine cannot be identified: ${outcome.reason}`, steps);
  }
}

function failedAt(step: SetupStep["step"], detail: string, steps: readonly SetupStep[]): SetupOutcome {
  const failed: SetupStep = {
    step,
    result: "failed",
    problem: { code: "other", detail: detail.slice(0, 500) },
  };
  return { kind: "failed", steps: steps.map((one) => (one.step === step ? failed : one)) };
}
