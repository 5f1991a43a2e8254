async function main([command, ...args]: string[]): Promise<void> {
  if (command === "run" && !args.includes("--help")) {
    preferMemory();
    const { runMain } = await import("./run-main.ts");
    return runMain(args);
  }
  if (command === "probe" && args[0] === "inventory") return printProbe();
  const { runCommandLine } = await import("./command-line.ts");
  const { waitForStopSignal } = await import("./stop-signals.ts");
  await runCommandLine(command === undefined ? ["--help"] : [command, ...args], {
    environment: process.env,
    out: (chunk) => void process.stdout.write(chunk),
    err: (chunk) => void process.stderr.write(chunk),
    readStdin: () => process.getBuiltinModule("node:stream/consumers").text(process.stdin),
    stopRequested: waitForStopSignal,
    exitWith: (exitCode) => (process.exitCode = exitCode),
  });
}

/** What the agent starts for its inventory; not a command for users. */
async function printProbe(): Promise<void> {
  const { probeHardware } = await import("../platform/hardware-probe.ts");
  const line = await probeHardware(process.env);
  // A program that the library started may hang: the answer is written, so nothing waits for it.
  process.stdout.write(line, () => process.exit());
}

async function fail(error: unknown): Promise<void> {
  const { explainError } = await import("@muster/shared/system-errors.ts");
  const { terminalText } = await import("@muster/shared/unsafe-characters.ts");
  process.stderr.write(`muster-agent: ${terminalText(explainError(error))}\n`);
  process.exitCode = 1;
}

// Not awaited here: as a single file the agent is CommonJS, which has no top-level await. Imports of this file would be resolved before
// `preferMemory`, with V8's optimizing compilers.
main(process.argv.slice(2)).catch(fail);

/**
 * Makes V8 keep little memory in a process that works for milliseconds in half a minute: its optimizing compilers would cost 6 MiB and gain
 * nothing; a heap that is compacted after the start is 4 MiB smaller, and one without the code that only the start needed 1.5 more. To be
 * called before the program's modules are loaded.
 */
function preferMemory(): void {
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  setFlagsFromString("--no-opt");
  setFlagsFromString("--no-maglev");
  setFlagsFromString("--optimize-for-size");
  setFlagsFromString("--bytecode-old-age=1");
}
