import { text } from "node:stream/consumers";
import { terminalText } from "@muster/shared/unsafe-characters.ts";
import { keepRuntimeLean } from "./lean-runtime.ts";

async function main([command, ...args]: string[]): Promise<void> {
  if (command === "run" && !args.includes("--help")) {
    keepRuntimeLean();
    const { runMain } = await import("./run-main.ts");
    return runMain(args);
  }
  const { runCommandLine } = await import("./command-line.ts");
  const { waitForStopSignal } = await import("./stop-signals.ts");
  await runCommandLine(command === undefined ? ["--help"] : [command, ...args], {
    environment: process.env,
    out: (chunk) => void process.stdout.write(chunk),
    err: (chunk) => void process.stderr.write(chunk),
    readStdin: () => text(process.stdin),
    stopAsked: waitForStopSignal,
    exitWith: (exitCode) => (process.exitCode = exitCode),
  });
}

// Not awaited here: as a single file the agent is CommonJS, which has no top-level await.
main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(
    `muster-agent: ${terminalText(error instanceof Error ? error.message : String(error))}\n`,
  );
  process.exitCode = 1;
});
