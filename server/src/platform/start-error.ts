/** Why the server cannot start, as one line for whoever runs it: what is wrong and what to do. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** The code of a system error such as ENOENT; undefined for anything else. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
