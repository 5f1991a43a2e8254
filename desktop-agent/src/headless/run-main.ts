import { parseArgs } from "node:util";
import { terminalText } from "@muster/shared/unsafe-characters.ts";
import { type CommandResult, failed, printResult } from "./command-result.ts";
import type { Platform } from "../platform/ports.ts";
import { createContext } from "./context.ts";
import { EXIT_CODES } from "./exit-code.ts";
import { runService } from "./run-service.ts";
import { waitForStopSignal } from "./stop-signals.ts";
import { isSupervised } from "./supervision.ts";

const streams = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
};

/** `muster-agent run`: the one command that stays. Without commander, 6 MiB that it would never use again. */
export async function runMain(args: string[]): Promise<void> {
  const stopAsked = waitForStopSignal();
  const options = readOptions(args);
  if (options.kind === "wrong") return void end(failed("usage", options.reason), false);
  const { json, config, server } = options;
  const made = await createContext(process.env, config);
  if (made.kind === "invalid") return void end(failed("usage", made.problems.join("\nmuster-agent: ")), json);
  const showState = json ? (line: string) => streams.out(`${line}\n`) : null;
  const result = await runService(
    made.context,
    { showState, warn: (line) => streams.err(`${terminalText(line)}\n`) },
    { stopAsked, localServer: server },
  );
  const { platform } = made.context;
  if (result.kind === "begins-anew") return beginAnew(platform);
  platform.endProcess(end(result, json));
}

function beginAnew(platform: Platform): void {
  const hasLauncher = process.channel !== undefined;
  if (!isSupervised({ environment: process.env, pid: process.pid, hasLauncher }))
    return platform.replaceProcess();
  process.exitCode = EXIT_CODES.restart;
  platform.endProcess(EXIT_CODES.restart);
}

function end(result: CommandResult, json: boolean): number {
  const exitCode = printResult(result, json, streams);
  process.exitCode = exitCode;
  return exitCode;
}

function readOptions(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: { json: { type: "boolean" }, config: { type: "string" }, server: { type: "string" } },
    });
    const { config, server } = values;
    return { kind: "read" as const, json: values.json === true, config, server };
  } catch (error) {
    return { kind: "wrong" as const, reason: error instanceof Error ? error.message : String(error) };
  }
}
