import { terminalText } from "@muster/shared/unsafe-characters.ts";
import type { Environment } from "../agent-host/configuration.ts";
import { createContext } from "../agent-host/context.ts";
import { type CommandResult, failed, printResult } from "./command-result.ts";
import { EXIT_CODES } from "./exit-code.ts";
import { runService } from "./run-service.ts";
import { waitForStopSignal } from "./stop-signals.ts";
import type { Platform } from "../platform/ports.ts";

const streams = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
};

/** `muster-agent run`: the one command that stays. Without commander, 6 MiB that it would never use again. */
export async function runMain(args: string[]): Promise<void> {
  const stopRequested = waitForStopSignal();
  const options = readOptions(args);
  if (options.kind === "wrong") return void end(failed("usage", options.reason), false);
  const { json, config, server } = options;
  const made = await createContext(process.env, config);
  if (made.kind === "invalid") return void end(failed("usage", made.problems.join("\nmuster-agent: ")), json);
  const showState = json ? (line: string) => streams.out(`${line}\n`) : null;
  const result = await runService(
    made.context,
    { showState, warn: (line) => streams.err(`${terminalText(line)}\n`) },
    { stopRequested, localServer: server },
  );
  const { platform } = made.context;
  if (result.kind === "restart") return restart(platform);
  platform.endProcess(end(result, json));
}

function restart(platform: Platform): void {
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
    const { values } = process.getBuiltinModule("node:util").parseArgs({
      args,
      options: { json: { type: "boolean" }, config: { type: "string" }, server: { type: "string" } },
    });
    const { config, server } = values;
    return { kind: "read" as const, json: values.json === true, config, server };
  } catch (error) {
    return { kind: "wrong" as const, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** What a process has around it. */
type Surroundings = {
  environment: Environment;
  pid: number;
  /** A launcher holds a channel to this process, and starts it again. */
  hasLauncher: boolean;
};

/**
 * Whether something starts the agent again when it ends with the code for it. systemd names the process that it started itself: its
 * other variables are inherited by every terminal of a desktop. launchd names its job, and "0" outside of one.
 */
export function isSupervised({ environment, pid, hasLauncher }: Surroundings): boolean {
  if (hasLauncher) return true;
  const { INVOCATION_ID, SYSTEMD_EXEC_PID, XPC_SERVICE_NAME, MUSTER_AGENT_SERVICE } = environment;
  if (INVOCATION_ID && SYSTEMD_EXEC_PID === String(pid)) return true;
  if (MUSTER_AGENT_SERVICE === "1") return true;
  return XPC_SERVICE_NAME !== undefined && XPC_SERVICE_NAME !== "" && XPC_SERVICE_NAME !== "0";
}
