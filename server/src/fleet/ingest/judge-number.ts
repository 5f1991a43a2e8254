import type { EpochChange } from "@muster/shared/contracts/epoch.ts";
import type { Lane } from "@muster/shared/contracts/report.ts";
import { isKnownEpoch, presentEpoch } from "./epoch-history.ts";
import type { NamedNumbering } from "./numbering-nonce.ts";

/** The last report of a lane; nulls before the first. */
export type LaneMark = { epoch: string | null; sequence: number | null; digest: string | null };

/** Where the numbering of a device stands. */
export type DeviceNumbering = {
  marks: Record<Lane, LaneMark>;
  epochs: string | null;
  /** When a report was answered "behind", until one is stored; null otherwise. */
  behindAt: number | null;
};

export type NumberedReport = {
  lane: Lane;
  epoch: string;
  sequence: number;
  /** Whether the report's content is that of the last one of its lane. */
  isSameContent: boolean;
  /** A change of the epoch with a valid signature and nonce. */
  change: EpochChange | undefined;
};

/**
 * What a report's number means:
 * - next: it continues its lane
 * - enters: it begins an epoch, in its lane or for the whole device
 * - repeated: it is the last report of its lane again
 * - conflict: it has the number of that one, and another content
 * - behind: its number was used before, by a report that this one cannot be told from
 */
export type NumberVerdict = { kind: "next" | "enters" | "repeated" | "conflict" | "behind" };

export function judgeNumber(numbering: DeviceNumbering, report: NumberedReport): NumberVerdict {
  const { marks, epochs, behindAt } = numbering;
  const mark = marks[report.lane];
  if (mark.epoch === report.epoch && mark.sequence !== null) {
    if (report.sequence > mark.sequence) return { kind: "next" };
    if (report.sequence < mark.sequence) return { kind: "behind" };
    return { kind: report.isSameContent ? "repeated" : "conflict" };
  }
  // The other lane entered it already, signed if that was necessary.
  if (report.epoch === presentEpoch(epochs)) return { kind: "next" };
  if (isKnownEpoch(epochs, report.epoch)) return { kind: "behind" };
  if (behindAt !== null && !isChangeFromHere(marks, report)) return { kind: "behind" };
  return { kind: "enters" };
}

/** The numbering that "behind" names: that of the report's lane, or of the other one where this lane has none. */
export function numberingFor({ marks }: DeviceNumbering, lane: Lane): NamedNumbering {
  const { epoch, sequence } =
    marks[lane].epoch === null ? marks[lane === "live" ? "backfill" : "live"] : marks[lane];
  return { epoch: epoch ?? "", sequence: sequence ?? 0 };
}

/** A change is from a numbering that still stands: one that was signed before a later report is of the past. */
function isChangeFromHere(marks: DeviceNumbering["marks"], { epoch, change }: NumberedReport): boolean {
  if (change?.to !== epoch) return false;
  const { from } = change;
  return [marks.live, marks.backfill].some(
    (mark) => mark.epoch === from.epoch && mark.sequence === from.sequence,
  );
}
