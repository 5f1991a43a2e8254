import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { printResult } from "./command-result.ts";
import { createContext } from "./context.ts";
import { EXIT_CODES } from "./exit-code.ts";
import { waitForStopSignal } from "./stop-signals.ts";

const out = (chunk: string) => void process.stdout.write(chunk);
const err = (chunk: string) => void process.stderr.write(chunk);

/** The long-lived command, without commander: it is 6 MiB that the service would never use again. */
async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: "boolean" }, config: { type: "string" } } });
  const stopAsked = waitForStopSignal();
  const made = await createContext(process.env, values.config);
  if (made.kind === "invalid") {
    const reason = made.problems.join("\nmuster-agent: ");
    return printResult({ kind: "failed", exit: "usage", reason }, values.json === true, { out, err });
  }
  const { runService } = await import("./run-service.ts");
  const showState = values.json ? (line: string) => out(`${line}\n`) : null;
  const streams = { showState, warn: (line: string) => err(`${line}\n`) };
  const result = await runService(made.context, streams, stopAsked);
  const code = printResult(result, values.json === true, { out, err });
  made.context.platform.endProcess(code);
  return code;
}

async function main([command, ...args]: string[]): Promise<number> {
  if (command === "run" && !args.includes("--help")) return run(args);
  const { runCommandLine } = await import("./command-line.ts");
  return runCommandLine(command === undefined ? ["--help"] : [command, ...args], {
    environment: process.env,
    out,
    err,
    readStdin: () => text(process.stdin),
    stopAsked: waitForStopSignal,
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isUsage =
    error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  err(`muster-agent: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = isUsage ? EXIT_CODES.usage : EXIT_CODES.failed;
}
