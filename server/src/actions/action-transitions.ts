import { createHash } from "node:crypto";
import { ACTIONS } from "@muster/shared/actions/catalog.ts";
import type { ActionErrorCode } from "@muster/shared/contracts/action.ts";
import type { ActionProgress, ActionResult } from "@muster/shared/contracts/action-delivery.ts";
import type { ActionRow, StoredStep } from "./actions.tables.ts";
import { readSteps } from "./stored-action.ts";

/**
 * The state machine of an action, without a database: each function takes a row and returns the row after the
 * transition, or the reason why it is refused.
 *
 *   pending --claim--> delivered --start--> executing --finish--> done | error
 *      |                  |  lease over: pending again   |  too late: error, which a later true result replaces
 *      +--cancel--> cancelled     +--validity over--> expired
 */
export type Transition = { to: ActionRow } | { unchanged: ActionRow } | { refused: string };

export const LEASE_MS = 60_000;

/** Progress steps of a device that are kept: the newest ones. */
const MAX_REPORTED_STEPS = 40;
/** Claim and lease steps that are kept: a device that only ever claims would add steps for weeks. */
const MAX_HAND_OVER_STEPS = 20;
/** Longest wait that a device may announce: a reboot may be postponed by 72 hours after a delay of 24. */
const MAX_WAIT_MS = 7 * 24 * 3_600_000;

const CODES_BEFORE_START: readonly ActionErrorCode[] = [
  "forbidden-by-device",
  "not-supported",
  "refused-envelope",
  "journal-unwritable",
];
const CORRECTABLE_CODES: readonly ActionErrorCode[] = ["no-result", "not-back"];

/** The device claims it; no other claim gets it until the lease ends. */
export function claimed(row: ActionRow, nonce: string, now: number): Transition {
  if (row.state !== "pending") return { refused: `it is ${row.state}` };
  return {
    to: withStep({ ...row, state: "delivered", nonce, lease_until: now + LEASE_MS }, now, "delivered"),
  };
}

/** The device asks whether it may act now. A repeated question gets the same answer. */
export function started(row: ActionRow, nonce: string, bootId: string, now: number): Transition {
  if (row.state === "executing" && row.nonce === nonce && row.start_boot_id === bootId)
    return { unchanged: row };
  if (row.state !== "delivered") return { refused: `it is ${row.state}` };
  if (row.nonce !== nonce) return { refused: "it was claimed again" };
  if (row.cancel_asked) return { refused: "it was cancelled" };
  if (row.valid_until <= now) return { refused: "it has expired" };
  const executing = { ...row, state: "executing" as const, start_boot_id: bootId, lease_until: null };
  return { to: withStep({ ...executing, gives_up_at: now + timeoutMs(row) }, now, "started") };
}

/**
 * The device reports progress; an announced instant moves the moment at which the server gives up. That a message was read is
 * stored once, and may be reported after its end.
 */
export function progressed(row: ActionRow, progress: ActionProgress, now: number): Transition {
  return progress.step === "read" ? withRead(row, progress, now) : withProgress(row, progress, now);
}

function withRead(row: ActionRow, progress: ActionProgress, now: number): Transition {
  if (row.type !== "message") return { refused: "it is not a message" };
  if (readSteps(row).some(({ step }) => step === "read")) return { unchanged: row };
  if (row.state !== "done") return withProgress(row, progress, now);
  return { to: withStep(row, now, "read", null, progress.note) };
}

function withProgress(row: ActionRow, { step, until, note }: ActionProgress, now: number): Transition {
  if (row.state !== "executing") return { refused: `it is ${row.state}` };
  if (until === null) return { to: withStep(row, now, step, null, note) };
  const announced = Math.min(until, now + MAX_WAIT_MS);
  const moved = { ...row, gives_up_at: Math.max(announced, now) + timeoutMs(row) };
  return { to: withStep(moved, now, step, announced, note) };
}

/**
 * The device reports the end. Repeating it is fine; another end only corrects what the server had to assume, or the device's own
 * report that the machine did not come back.
 */
export function finished(row: ActionRow, result: ActionResult, now: number): Transition {
  const digest = digestOf(result);
  if (row.result_digest === digest) return { unchanged: row };
  if (row.state === "executing") return ended(row, result, digest, now, "ended");
  if (row.state === "delivered" && endsBeforeStart(result)) return ended(row, result, digest, now, "ended");
  const isAssumed = row.result_digest === null || result.end.outcome === "done";
  if (row.state === "error" && isAssumed && isCorrectable(row)) {
    return ended(row, result, digest, now, "corrected");
  }
  return { refused: `it is ${row.state}` };
}

/** The end as an agent of a legacy system reports it. The field `says` is part of the stored result and of its digest. */
export type UnsignedEnd = { outcome: "done" | "error"; says: string };

/**
 * An agent of a legacy system reports the end, without signature and boot id. As with `finished`, repeating it is fine, and another
 * end only corrects what the server had to assume.
 */
export function endedUnsigned(row: ActionRow, end: UnsignedEnd, now: number): Transition {
  const digest = digestOf(end);
  if (row.result_digest === digest) return { unchanged: row };
  const isCorrected = row.state === "error" && row.result_digest === null && isCorrectable(row);
  if (row.state !== "executing" && !isCorrected) return { refused: `it is ${row.state}` };
  const step = isCorrected ? "corrected" : "ended";
  const isDone = end.outcome === "done";
  const to: ActionRow = {
    ...row,
    state: end.outcome,
    lease_until: null,
    gives_up_at: null,
    result_digest: digest,
    result: isDone ? JSON.stringify({ says: end.says }) : null,
    error_code: isDone ? null : "failed",
    error_message: isDone ? null : end.says,
  };
  return { to: withStep(to, now, step, null, end.says === "" ? null : end.says) };
}

/** The legacy system of the device has no such action. */
export function notSupported(row: ActionRow, now: number): Transition {
  const message = "The agent of this machine does not know this action.";
  const end = closed(row, "error", now, message);
  return { to: { ...end, error_code: "not-supported", error_message: message } };
}

/** Someone cancels it: immediately while no device has it, otherwise as a request that the device answers. */
export function cancelRequested(row: ActionRow, now: number): Transition {
  if (row.state === "pending") return { to: closed(row, "cancelled", now, null) };
  if (row.state === "delivered" || row.state === "executing") {
    if (row.cancel_asked) return { unchanged: row };
    return { to: withStep({ ...row, cancel_asked: 1 }, now, "cancel-asked") };
  }
  return { refused: `it is ${row.state}` };
}

/** Applies expired leases, validity and time-outs; `unchanged` when nothing is due. */
export function deadlinesApplied(row: ActionRow, now: number): Transition {
  if (row.state === "pending" && row.valid_until <= now) return { to: closed(row, "expired", now, null) };
  if (row.state === "delivered" && row.lease_until !== null && row.lease_until <= now) {
    if (row.cancel_asked) return { to: closed(row, "cancelled", now, null) };
    if (row.valid_until <= now) return { to: closed(row, "expired", now, null) };
    return { to: withStep({ ...row, state: "pending", lease_until: null }, now, "lease-over") };
  }
  if (row.state === "executing" && row.gives_up_at !== null && row.gives_up_at <= now) {
    const code = ACTIONS[row.type].timeoutError;
    const message =
      code === "not-back" ? "The machine did not come back in time." : "No result came in time.";
    return { to: { ...closed(row, "error", now, message), error_code: code, error_message: message } };
  }
  return { unchanged: row };
}

/** Ends it without a result, for example because a newer action replaces it. */
export function closed(
  row: ActionRow,
  state: "cancelled" | "expired" | "error",
  now: number,
  note: string | null,
) {
  return withStep({ ...row, state, lease_until: null, gives_up_at: null }, now, "ended", null, note);
}

function ended(
  row: ActionRow,
  result: ActionResult,
  digest: string,
  now: number,
  step: "ended" | "corrected",
): Transition {
  const base = { ...row, lease_until: null, gives_up_at: null, result_digest: digest };
  const { end, bootId } = result;
  switch (end.outcome) {
    case "cancelled":
      if (!row.cancel_asked) return { refused: "nobody asked to cancel it" };
      return { to: withStep({ ...base, state: "cancelled" }, now, step) };
    case "error": {
      const { code, message } = end;
      return {
        to: withStep(
          { ...base, state: "error", error_code: code, error_message: message },
          now,
          step,
          null,
          message,
        ),
      };
    }
    case "done": {
      const definition = ACTIONS[row.type];
      const parsed = definition.result.safeParse(end.result);
      if (!parsed.success) return { refused: "its result does not have the shape of this action's results" };
      if (definition.needsNewBoot && bootId === row.start_boot_id) {
        return { refused: "the machine still runs under the boot id it started with" };
      }
      const done = { ...base, state: "done" as const, result: JSON.stringify(parsed.data) };
      return { to: withStep({ ...done, error_code: null, error_message: null }, now, step) };
    }
  }
}

function endsBeforeStart({ end: outcome }: ActionResult): boolean {
  if (outcome.outcome === "cancelled") return true;
  return outcome.outcome === "error" && CODES_BEFORE_START.includes(outcome.code);
}

function isCorrectable(row: ActionRow): boolean {
  return row.error_code !== null && CORRECTABLE_CODES.includes(row.error_code);
}

function timeoutMs(row: ActionRow): number {
  return ACTIONS[row.type].timeoutS * 1000;
}

function digestOf(result: ActionResult | UnsignedEnd): string {
  return createHash("sha256").update(JSON.stringify(result)).digest("hex");
}

function withStep(
  row: ActionRow,
  at: number,
  step: StoredStep["step"],
  until: number | null = null,
  note: string | null = null,
): ActionRow {
  const all = keepNewest(isHandOverStep, MAX_HAND_OVER_STEPS, [...readSteps(row), { at, step, until, note }]);
  const steps = keepNewest(isReportedStep, MAX_REPORTED_STEPS, all);
  return { ...row, steps: JSON.stringify(steps), changed_at: at };
}

/** `steps` without those that match beyond the newest `max`. */
function keepNewest(
  matches: (step: StoredStep) => boolean,
  max: number,
  steps: readonly StoredStep[],
): readonly StoredStep[] {
  const matching = steps.filter(matches);
  if (matching.length <= max) return steps;
  const dropped = new Set(matching.slice(0, -max));
  return steps.filter((step) => !dropped.has(step));
}

function isHandOverStep({ step }: StoredStep): boolean {
  return step === "delivered" || step === "lease-over";
}

function isReportedStep({ step }: StoredStep): boolean {
  return step === "shown" || step === "postponed" || step === "counting-down";
}
