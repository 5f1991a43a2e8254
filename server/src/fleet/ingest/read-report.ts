import { Report } from "@muster/shared/contracts/report.ts";
import { parseInput } from "../../platform/http/parse-input.ts";
import { compileSchema } from "./compile-schema.ts";

const isReport = compileSchema(Report);

/** Reads a report from parsed JSON. Throws `bad-request` with what is wrong where. The common good report never meets zod. */
export function readReport(json: unknown): Report {
  return isReport(json) ? json : parseInput(Report, json, "body");
}
