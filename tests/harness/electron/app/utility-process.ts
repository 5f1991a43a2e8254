import { type ChildProcess, fork } from "node:child_process";
import type { UtilityProcess } from "electron";
import { objectAsComplete } from "../compatible-types.ts";

/** Runs the script in Node, with the streams and the end of a utility process. It needs `stdio: "pipe"` as the only setting. */
export const utilityProcess = {
  fork(
    file: string,
    args: string[] = [],
    options: { stdio?: unknown; serviceName?: string } = {},
  ): UtilityProcess {
    if (options.stdio !== "pipe")
      throw new Error("The stand-in runs utility processes with piped streams only.");
    const child = fork(file, args, { stdio: ["ignore", "pipe", "pipe", "ipc"], execArgv: [] });
    return asUtilityProcess(child);
  },
};

/** Safe because the streams, the event "exit" and `kill` are the same; `fork` of Node gives more. */
function asUtilityProcess(child: ChildProcess): UtilityProcess {
  return objectAsComplete<UtilityProcess>(child);
}
