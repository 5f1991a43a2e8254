/** Why the server or a command cannot start, as one line for the operator: what is wrong and what to do. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** The code of a system error such as ENOENT; undefined for anything else. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
