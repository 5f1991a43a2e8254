/** Why an agent cannot be built, as a sentence for the operator. The codes are those of `BuildFailureCode` in the contract of artefacts. */
export class BuildError extends Error {
  override readonly name = "BuildError";
  readonly code: "not-possible-here" | "no-memory" | "no-space" | "registry";

  constructor(code: BuildError["code"], message: string, more: { cause?: unknown } = {}) {
    super(message, more);
    this.code = code;
  }
}
