import type { FileSystemProbe } from "./file-system-probe.ts";

/**
 * Ends the process with this code as soon as nothing is left to do, or by a kill when a thread is lost in a file system: the open call
 * would keep the process alive, and even `process.exit` joins all threads.
 */
export function endProcess(probe: Pick<FileSystemProbe, "openCalls">, code: number): void {
  process.exitCode = code;
  if (probe.openCalls() > 0) process.kill(process.pid, "SIGKILL");
}
