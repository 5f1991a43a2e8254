import { randomBytes } from "node:crypto";
import { UsageError } from "./command-result.ts";

const GENERATED_PASSWORD_BYTES = 15;

/** Reads a password from standard input, without its line break, or generates one of 120 random bits. Never from an argument. */
export async function readPassword(
  options: { passwordStdin?: boolean },
  readStdin: () => Promise<string>,
): Promise<{ password: string; isGenerated: boolean }> {
  if (!options.passwordStdin) {
    return { password: randomBytes(GENERATED_PASSWORD_BYTES).toString("base64url"), isGenerated: true };
  }
  const password = (await readStdin()).replace(/\r?\n$/, "");
  if (password === "") throw new UsageError("Standard input contains no password.");
  return { password, isGenerated: false };
}
