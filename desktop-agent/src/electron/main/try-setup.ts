import { connectionProblemOf } from "@muster/shared/system-errors.ts";
import type { Clock } from "../../platform/ports.ts";
import { connect } from "../../transport/connect.ts";
import { probeServer, type ServerProbe } from "../../transport/probe-server.ts";
import type { ProxyFor } from "../../transport/proxy.ts";
import type { ServerError } from "../../transport/read-answer.ts";
import { checkServerUrl, type ServerAddress } from "../../transport/server-address.ts";
import type { SetupForm, SetupStep } from "../ipc-contract.ts";

type Problem = NonNullable<SetupStep["problem"]>;
type Code = Problem["code"];

type SetupTrial = {
  steps: SetupStep[];
  /** The address to use; null when it is not valid. */
  address: ServerAddress | null;
};

export type SetupDeps = { clock: Clock; random: () => number; proxyFor: ProxyFor };

const STEPS = ["address", "certificate", "server", "token"] as const;

/** With a larger difference, certificates and action times may be judged differently. */
const CLOCK_TOLERANCE_MS = 300_000;

/** Tests address, certificate, server and token in this order, as an enrolment would. Does not use up the token. */
export async function trySetup(form: SetupForm, deps: SetupDeps): Promise<SetupTrial> {
  const checked = checkServerUrl(form.server.trim(), form.isInsecureHttpAllowed);
  if (checked.kind === "refused") {
    const isPlain = URL.parse(form.server.trim())?.protocol === "http:";
    const code = isPlain ? "plain-http" : "not-an-address";
    return { address: null, steps: stopAt("address", { code, detail: checked.reason }) };
  }
  const caPem = form.caPem?.trim() ? form.caPem : null;
  const address = { url: checked.url, caPem, insecureHttp: form.isInsecureHttpAllowed };
  const probe = await probeServer(address, () => deps.clock.wallMs(), undefined, deps.proxyFor);
  const problem = problemOfProbe(probe);
  if (problem) return { address, steps: stopAt(problem.step, problem) };
  const tokenProblem = await tryToken(address, form.token.trim(), deps);
  return { address, steps: tokenProblem ? stopAt("token", tokenProblem) : STEPS.map(passed) };
}

/** Whether all steps passed. */
export function isPassed(steps: readonly SetupStep[]): boolean {
  return steps.every(({ result }) => result === "ok");
}

function problemOfProbe(probe: ServerProbe): (Problem & { step: SetupStep["step"] }) | null {
  if (probe.kind === "failed") {
    const code = connectionProblemOf(probe.code) ?? "other";
    return { step: stepOf(code), code, detail: probe.cause };
  }
  if (!probe.isMuster) return { step: "server", code: "not-muster", detail: `status ${probe.status}` };
  const aheadMs = probe.clockAheadMs ?? 0;
  if (Math.abs(aheadMs) <= CLOCK_TOLERANCE_MS) return null;
  return { step: "server", code: "clock-wrong", detail: `${Math.round(aheadMs / 1000)} s` };
}

async function tryToken(address: ServerAddress, token: string, deps: SetupDeps): Promise<Problem | null> {
  const client = connect(address, null, deps);
  const outcome = await client.checkToken(token);
  client.disconnect();
  if (outcome.kind === "would-be-taken") return null;
  if (outcome.kind === "refused") return problemOfToken(outcome.error);
  return { code: "other", detail: outcome.reason };
}

/** Derives the problem with the token from the server's error. */
function problemOfToken(error: ServerError): Problem {
  const named = error.details?.find(({ path }) => path === "token")?.message ?? "";
  return { code: TOKEN_CODES[named] ?? "token-unknown", detail: error.message };
}

const TOKEN_CODES: Record<string, Code> = {
  unknown: "token-unknown",
  expired: "token-expired",
  "used-up": "token-used-up",
  revoked: "token-revoked",
};

function stepOf(code: Code): SetupStep["step"] {
  if (code.startsWith("certificate")) return "certificate";
  // A server answers, but with another protocol, or without TLS.
  return code === "other" || code === "not-tls" || code === "closed" ? "server" : "address";
}

/** The steps before the failed one passed, those after it are skipped. */
function stopAt(failed: SetupStep["step"], { code, detail }: Problem): SetupStep[] {
  const at = STEPS.indexOf(failed);
  return STEPS.map((step, index): SetupStep => {
    if (index < at) return passed(step);
    if (index > at) return { step, result: "skipped", problem: null };
    return { step, result: "failed", problem: { code, detail: detail.slice(0, 500) } };
  });
}

function passed(step: SetupStep["step"]): SetupStep {
  return { step, result: "ok", problem: null };
}
