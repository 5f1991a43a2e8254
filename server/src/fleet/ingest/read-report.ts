import { Report } from "@muster/shared/contracts/report.ts";
import { z } from "zod";
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

/** What is signed, or has an effect: a verifier must not see less than the signer, nor this server half of a pause or a fault. */
const STRICT_FIELDS: readonly string[] = ["epochChange", "paused", "faults", "skipped"];
/** Where an agent of a later release may have fields that this server does not know: in every other object. */
const TOLERANT_PLACES = tolerantPlaces(Report, []).toSorted((a, b) => a.path.length - b.path.length);

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

/** The objects in a schema, the outer ones first. */
function tolerantPlaces(schema: z.core.$ZodType, path: readonly string[]): TolerantPlace[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return tolerantPlaces(schema.unwrap(), path);
  if (schema instanceof z.ZodArray) return tolerantPlaces(schema.element, [...path, "*"]);
  if (!(schema instanceof z.ZodObject)) return [];
  const fields = Object.entries<z.core.$ZodType>(schema.shape);
  const inner = fields.filter(([name]) => !STRICT_FIELDS.includes(name));
  return [
    { path, known: new Set(fields.map(([name]) => name)) },
    ...inner.flatMap(([name, field]) => tolerantPlaces(field, [...path, name])),
  ];
}
