import type { CommandResult, RunCommand } from "../../platform/run-command.ts";
import type { ElectronModule } from "./tray-program.ts";

const DEFAULT_MAX_OUTPUT_BYTES = 1_048_576;

/**
 * Runs a script of the tray in a utility process of Electron, as `RunCommand` runs a program: the fuses keep the tray's own program from
 * running as Node. To be called after Electron is ready.
 */
export function createProbeProcess(utilityProcess: ElectronModule["utilityProcess"]): RunCommand {
  return (file, args, { timeoutMs, signal, maxOutput = DEFAULT_MAX_OUTPUT_BYTES }) => {
    if (signal?.aborted) return Promise.resolve({ kind: "aborted" });
    const { promise, resolve } = Promise.withResolvers<CommandResult>();
    const child = utilityProcess.fork(file, [...args], {
      stdio: "pipe",
      serviceName: "Muster hardware probe",
    });
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    const end = (result: CommandResult) => {
      resolve(result);
      child.kill();
    };
    const timer = setTimeout(() => end({ kind: "timed-out" }), timeoutMs);
    const abort = () => end({ kind: "aborted" });
    signal?.addEventListener("abort", abort);
    child.stderr?.resume();
    child.stdout?.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      sizeBytes += chunk.length;
      if (sizeBytes > maxOutput) end({ kind: "too-much-output" });
    });
    child.once("exit", (code) => {
      const stdout = Buffer.concat(chunks).toString("utf8");
      resolve({ kind: "exited", code, stdout, stderr: "" });
    });
    return promise.finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    });
  };
}
