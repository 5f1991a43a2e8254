import * as answers from "../../desktop-agent/src/validators/answer-schemas.ts";
import * as inputs from "../../desktop-agent/src/validators/input-schemas.ts";
import { Report } from "@muster/shared/contracts/report.ts";
import type { z } from "zod";
import type { UnknownFields } from "./compile-validators.ts";

/** A generated module. */
export type Target = {
  /** Path below the root, without the extension. */
  file: string;
  schemas: Readonly<Record<string, z.ZodType>>;
  /** Where the generated module finds the types of the schemas. */
  schemaModule: string;
  unknownFields: UnknownFields;
};

export const targets: readonly Target[] = [
  {
    file: "desktop-agent/src/validators/answer-validators.generated",
    schemas: answers,
    schemaModule: "./answer-schemas.ts",
    unknownFields: "removed",
  },
  {
    file: "desktop-agent/src/validators/input-validators.generated",
    schemas: inputs,
    schemaModule: "./input-schemas.ts",
    unknownFields: "by-schema",
  },
  {
    file: "server/src/fleet/ingest/report-validator.generated",
    schemas: { Report },
    schemaModule: "@muster/shared/contracts/report.ts",
    unknownFields: "by-schema",
  },
];
