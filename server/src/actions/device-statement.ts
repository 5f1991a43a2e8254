import type { SignedStatement } from "@muster/shared/contracts/action-delivery.ts";
import type { z } from "zod";
import type { Signatures } from "../identity/index.ts";
import { MusterError } from "../platform/errors.ts";
import type { DeviceCaller } from "../platform/http/caller.ts";
import { isNestedDeeperThan } from "../platform/http/nesting.ts";

const MAX_NESTING_LEVELS = 32;
const MAX_ERROR_DETAILS = 20;

/**
 * Verifies and parses a device's statement: it must be signed by the device, fit the schema, and be about this device, and this action
 * where the path names one. Throws `forbidden` for a bad signature or a statement about another device, `bad-request` for a bad shape.
 */
export async function openStatement<Schema extends z.ZodType<{ deviceId: string; actionId?: string }>>(
  signatures: Signatures,
  device: DeviceCaller,
  { statement, signature }: SignedStatement,
  schema: Schema,
  actionId?: string,
): Promise<z.output<Schema>> {
  const bytes = Buffer.from(statement, "base64url");
  if (!(await signatures.isSignedBy(device, bytes, Buffer.from(signature, "base64url")))) {
    throw new MusterError("forbidden", "The statement is not signed by this device's key.");
  }
  const json = parseJson(bytes);
  if (isNestedDeeperThan(json, MAX_NESTING_LEVELS)) {
    throw new MusterError("bad-request", `The statement is nested deeper than ${MAX_NESTING_LEVELS} levels.`);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    throw new MusterError("bad-request", "The statement does not have the expected shape.", {
      details: parsed.error.issues
        .slice(0, MAX_ERROR_DETAILS)
        .map(({ path, message }) => ({ path: path.join("."), message })),
    });
  }
  const content = parsed.data;
  if (content.deviceId !== device.deviceId || content.actionId !== actionId) {
    throw new MusterError("forbidden", "The statement is about another device or action.");
  }
  return content;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new MusterError("bad-request", "The statement is not JSON.");
  }
}
