import { readFile } from "node:fs/promises";
import { runProgram } from "./installed-agent.ts";

const HOME = "/var/lib/muster-agent";
const ENTER = `set -e
mount -o remount,bind,ro /
mount --bind ${HOME} ${HOME}
mount -o remount,bind,rw ${HOME}
exec setpriv --no-new-privs --groups tty --bounding-set "$1" --inh-caps=-all "$2" run`;

/**
 * The command line that runs the agent with what a unit allows it: its capabilities, no new privileges, and every file system
 * read-only but the agent's own folder. Null where mounts cannot be made.
 */
export async function sandboxedRun(unit: string, program: string): Promise<string[] | null> {
  const { code } = await runProgram(["unshare", "--mount", "true"]);
  if (code !== 0) return null;
  const [, capabilities = ""] = /^CapabilityBoundingSet=(.*)$/m.exec(await readFile(unit, "utf8")) ?? [];
  const bounding = [
    "-all",
    ...capabilities.split(" ").map((name) => name.replace("CAP_", "+").toLowerCase()),
  ];
  return [
    "unshare",
    "--mount",
    "--propagation",
    "slave",
    "sh",
    "-c",
    ENTER,
    "sh",
    bounding.join(","),
    program,
  ];
}
