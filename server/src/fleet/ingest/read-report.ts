import { Inventory } from "@muster/shared/contracts/inventory.ts";
import { INSTANCE_KINDS, LabelledSeries, Sample } from "@muster/shared/contracts/metric.ts";
import { DeviceFacts, Report } from "@muster/shared/contracts/report.ts";
import type { z } from "zod";
import { parseInput } from "../../platform/http/parse-input.ts";
import { leaveOutUnknown, type TolerantPlace } from "../../platform/http/unknown-fields.ts";
import { digestOfBytes } from "./report-digest.ts";
import { isReport } from "./report-validator.generated.js";

/** A report as it was received. */
export type ReadReport = {
  report: Report;
  digest: string;
  /** Fields that this server does not know and left out, as dotted paths. */
  ignored: readonly string[];
};

const NOTHING_IGNORED: readonly string[] = [];

const { os, hardware, disks, networkInterfaces, agent } = Inventory.shape;
/** Where an agent of a later release may have fields that this server does not know. Everything else stays strict. */
const TOLERANT_PLACES: readonly TolerantPlace[] = [
  { path: [], known: namesOf(Report) },
  { path: ["samples", "*"], known: namesOf(Sample) },
  { path: ["samples", "*", "series"], known: namesOf(LabelledSeries) },
  ...INSTANCE_KINDS.map((kind) => ({
    path: ["samples", "*", "series", kind],
    known: namesOf(LabelledSeries.shape[kind].unwrap()),
  })),
  { path: ["facts"], known: namesOf(DeviceFacts) },
  { path: ["inventory"], known: namesOf(Inventory) },
  { path: ["inventory", "os"], known: namesOf(os) },
  { path: ["inventory", "hardware"], known: namesOf(hardware) },
  { path: ["inventory", "hardware", "cpu"], known: namesOf(hardware.shape.cpu) },
  { path: ["inventory", "disks", "*"], known: namesOf(disks.element) },
  { path: ["inventory", "networkInterfaces", "*"], known: namesOf(networkInterfaces.element) },
  { path: ["inventory", "agent"], known: namesOf(agent) },
];

/**
 * Reads a report. Throws `bad-request` with the wrong fields. A valid report without unknown fields is parsed neither by zod nor walked
 * through here.
 */
export function readReport(json: unknown, bytes: Buffer): ReadReport {
  const digest = digestOfBytes(bytes);
  if (isReport(json)) return { report: json, digest, ignored: NOTHING_IGNORED };
  const known = leaveOutUnknown(json, TOLERANT_PLACES);
  const report = isReport(known.json) ? known.json : parseInput(Report, known.json, "body");
  return { report, digest, ignored: known.ignored };
}

function namesOf({ shape }: z.ZodObject): ReadonlySet<string> {
  return new Set(Object.keys(shape));
}
