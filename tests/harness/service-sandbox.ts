import { readFile } from "node:fs/promises";
import { runProgram } from "./installed-agent.ts";

const HOME = "/var/lib/muster-agent";
const UNIT = new URL("../../deploy/systemd/muster-agent.service", import.meta.url);
const ENTER = `set -e
mount -o remount,bind,ro /
mount --bind ${HOME} ${HOME}
mount -o remount,bind,rw ${HOME}
exec setpriv --no-new-privs --groups tty --bounding-set "$1" --inh-caps=-all "$2" run`;

/** The capabilities that a unit leaves its service, as setpriv takes them. */
async function boundingSet(unit: string | URL): Promise<string> {
  const [, capabilities = ""] = /^CapabilityBoundingSet=(.*)$/m.exec(await readFile(unit, "utf8")) ?? [];
  return ["-all", ...capabilities.split(" ").map((name) => name.replace("CAP_", "+").toLowerCase())].join(
    ",",
  );
}

/** What a program is started by to have the agent's unit's capabilities and no others. */
export async function withUnitsRights(): Promise<string[]> {
  return ["setpriv", "--no-new-privs", "--bounding-set", await boundingSet(UNIT), "--inh-caps=-all", "--"];
}

/**
 * The command line that runs the agent with what a unit allows it: its capabilities, no new privileges, and every file system
 * read-only but the agent's own folder. Null where mounts cannot be made.
 */
export async function sandboxedRun(unit: string, program: string): Promise<string[] | null> {
  const { code } = await runProgram(["unshare", "--mount", "true"]);
  if (code !== 0) return null;
  return [
    "unshare",
    "--mount",
    "--propagation",
    "slave",
    "sh",
    "-c",
    ENTER,
    "sh",
    await boundingSet(unit),
    program,
  ];
}
