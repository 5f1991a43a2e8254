import type { SignedStatement } from "@muster/shared/contracts/action-delivery.ts";
import type { Lane, Report } from "@muster/shared/contracts/report.ts";
import { type Log, messageOf } from "../log.ts";
import type { StateFiles } from "../state/state-files.ts";
import { parseStored } from "../state/state-file.ts";
import { createSerialQueue } from "../serial-queue.ts";

/** A report that was or may have been sent and has no answer yet. `body` is sent again byte for byte. */
export type Pending = {
  sequence: number;
  body: string;
  /** Backfill: the spool's record number up to which the report carries samples. */
  through?: number;
};

/** The number of a report. `epochChange` is the signed begin of its epoch, until the server has taken a report of it. */
export type Stamp = { epoch: string; sequence: number; epochChange?: SignedStatement };

/**
 * The numbering of reports and what is under way in each lane. It is written before a report leaves, so that after a crash the
 * same number carries the same bytes; where the file is lost or stale a fresh epoch begins.
 */
export type Outbox = {
  /** No earlier run left a usable state: the server may know nothing of this device yet. */
  isFresh: boolean;
  pending(lane: Lane): Pending | null;
  /** The number that the next report of the lane carries. */
  nextStamp(lane: Lane): Stamp;
  /** Takes the next number for this report. Never rejects: a disk that takes nothing is logged and the report goes out all the same. */
  addPending(lane: Lane, body: string, through?: number): Promise<void>;
  /** The pending report is settled: stored by the server, or (`wasUsed` false) surely never seen by it, so that its number is free again. */
  settle(lane: Lane, options: { wasUsed: boolean }): Promise<void>;
  /**
   * Starts a new numbering. Pending reports get a new number, with `sentAt` now. `sign` gives the statement that begins the epoch `to`,
   * or null where none is needed.
   */
  renewEpoch(sentAt: number, sign: (to: string) => SignedStatement | null): Promise<void>;
  save(): Promise<void>;
};

type LaneState = { sequence: number; pending: Pending | null };
type State = {
  v: 1;
  epoch: string;
  epochChange?: SignedStatement;
  live: LaneState;
  backfill: LaneState;
};
type Deps = { files: StateFiles; path: string; random: () => number; log: Log };

export async function openOutbox({ files, path, random, log }: Deps): Promise<Outbox> {
  const serially = createSerialQueue();
  const stored = await files.readState<State>(path, isState);
  const state: State = stored ?? freshState(random);
  let isFailing = false;

  async function save(sync: boolean): Promise<void> {
    try {
      await serially(() => files.replace(path, JSON.stringify(state), { sync }));
      isFailing = false;
    } catch (error) {
      if (!isFailing)
        log.error(`The state of reporting could not be stored: ${messageOf(error)}. Reports go on.`);
      isFailing = true;
    }
  }

  // A stale number costs the live lane one conflict after a power cut; backfill is rare enough to be synced each time.
  const saveFor = (lane: Lane) => save(lane === "backfill");

  return {
    isFresh: stored === null,
    pending: (lane) => state[lane].pending,
    nextStamp: (lane) => ({ ...epochOf(state), sequence: state[lane].sequence + 1 }),
    addPending(lane, body, through) {
      const sequence = state[lane].sequence + 1;
      state[lane] = { sequence, pending: { sequence, body, ...(through === undefined ? {} : { through }) } };
      return saveFor(lane);
    },
    async settle(lane, { wasUsed }) {
      const { sequence } = state[lane];
      state[lane] = { sequence: wasUsed ? sequence : sequence - 1, pending: null };
      const beginsEpoch = wasUsed && state.epochChange !== undefined;
      if (beginsEpoch) delete state.epochChange;
      // The next live report overwrites a stored one anyway; sending that one again after a crash is harmless.
      if (lane === "backfill" || !wasUsed || beginsEpoch) await saveFor(lane);
    },
    async renewEpoch(sentAt, sign) {
      state.epoch = makeEpoch(random);
      const epochChange = sign(state.epoch);
      if (epochChange) state.epochChange = epochChange;
      else delete state.epochChange;
      for (const lane of ["live", "backfill"] as const) {
        const { pending } = state[lane];
        state[lane] = pending === null ? { sequence: 0, pending } : restamp(pending, epochOf(state), sentAt);
      }
      await save(true);
    },
    save: () => save(true),
  };
}

const epochOf = ({ epoch, epochChange }: State) => ({ epoch, ...(epochChange && { epochChange }) });

function restamp(pending: Pending, epoch: Omit<Stamp, "sequence">, sentAt: number): LaneState {
  const report = parseStored<Report>(pending.body, () => true);
  if (!report) return { sequence: 0, pending: null };
  const { epochChange: _, ...rest } = report;
  const body = JSON.stringify({ ...rest, ...epoch, sequence: 1, sentAt });
  return { sequence: 1, pending: { ...pending, sequence: 1, body } };
}

function freshState(random: () => number): State {
  const empty = { sequence: 0, pending: null };
  return { v: 1, epoch: makeEpoch(random), live: empty, backfill: empty };
}

/** Twelve letters and digits. */
function makeEpoch(random: () => number): string {
  return Array.from({ length: 12 }, () => Math.floor(random() * 36).toString(36)).join("");
}

function isState({ v, epoch, epochChange, live, backfill }: State): boolean {
  const isEpoch = /^[0-9a-z]{12}$/.test(epoch) && (epochChange === undefined || isSigned(epochChange));
  return v === 1 && isEpoch && isLane(live) && isLane(backfill);
}

const isSigned = ({ statement, signature }: SignedStatement) =>
  typeof statement === "string" && typeof signature === "string";

function isLane({ sequence, pending }: LaneState): boolean {
  if (!Number.isSafeInteger(sequence) || sequence < 0) return false;
  return pending === null || (pending.sequence === sequence && typeof pending.body === "string");
}
