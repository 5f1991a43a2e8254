import type { FileSystemProbe } from "./file-system-probe.ts";

/** Ends the process, by a kill when a thread is lost in a file system: an ordinary exit joins all threads and would never end. */
export function endProcess(probe: Pick<FileSystemProbe, "openCalls">, code: number): void {
  if (probe.openCalls() > 0) process.kill(process.pid, "SIGKILL");
  process.exit(code);
}
