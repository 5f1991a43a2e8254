import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type RunEnd, runProgram } from "./installed-agent.ts";

const BOOT_SCRIPT = path.join(import.meta.dirname, "systemd-machine.sh");
const BOOT_LIMIT_MS = 30_000;

/** A machine that runs a real systemd in namespaces of its own. Its files are an overlay: nothing reaches the host. */
export type SystemdMachine = {
  /** A folder of the host that the machine sees as /run/share. */
  share: string;
  /** Runs a program inside. */
  run(command: readonly string[], options?: { stdin?: string }): Promise<RunEnd>;
  /** Resolves when the machine has powered off or rebooted itself. */
  ended: Promise<void>;
  /** Starts the machine again, with the same files and another boot id. */
  boot(): Promise<void>;
  remove(): Promise<void>;
};

export type MachineKind = {
  /** The root that the machine starts from; this system's own unless given. */
  root?: string;
  /** Its first process: systemd unless given, or one that only waits, as in many containers. */
  init?: "systemd" | "nothing";
};

/** Boots the machine and waits until systemd reports that it is up. It shares the host's network. Only root can. */
export async function startSystemdMachine(kind: MachineKind = {}): Promise<SystemdMachine> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "muster-systemd-"));
  const disk = path.join(folder, "disk");
  const share = path.join(folder, "share");
  await Promise.all([mkdir(disk), mkdir(share)]);
  // An overlay cannot keep its changes on another overlay, which is what a container's root often is.
  await runProgram(["mount", "-t", "tmpfs", "-o", "size=2g", "tmpfs", disk]);
  let running = await boot(folder, kind);
  let ended = once(running.process, "exit").then(() => undefined);

  return {
    share,
    get ended() {
      return ended;
    },
    run: (command, options) => runProgram([...running.enter, ...command], options),
    async boot() {
      running = await boot(folder, kind);
      ended = once(running.process, "exit").then(() => undefined);
    },
    async remove() {
      if (running.process.exitCode === null && running.process.signalCode === null) {
        running.process.kill("SIGKILL");
        await ended;
      }
      await runProgram(["umount", disk]);
      await rm(folder, { recursive: true });
    },
  };
}

async function boot(
  folder: string,
  { root = "/", init: kind = "systemd" }: MachineKind,
): Promise<{ process: ChildProcess; enter: string[] }> {
  const bootId = path.join(folder, "boot-id");
  await writeFile(bootId, `${randomUUID()}\n`);
  const namespaces = ["--mount", "--pid", "--uts", "--ipc", "--cgroup", "--fork", "--kill-child"];
  const script = [
    "sh",
    BOOT_SCRIPT,
    path.join(folder, "disk"),
    path.join(folder, "share"),
    bootId,
    root,
    kind,
  ];
  const child = spawn("unshare", [...namespaces, ...script], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const deadline = AbortSignal.timeout(BOOT_LIMIT_MS);
  while (child.exitCode === null) {
    const init = (await readFile(`/proc/${child.pid}/task/${child.pid}/children`, "utf8")).trim();
    const enter = ["nsenter", "-t", init, "-m", "-p", "-u", "-i", "-C", "--"];
    if (init !== "" && kind === "nothing") {
      const command = await readFile(`/proc/${init}/comm`, "utf8");
      if (command.trim() === "sleep") return { process: child, enter };
    } else if (init !== "") {
      const { stdout } = await runProgram([...enter, "systemctl", "is-system-running"]);
      if (stdout.trim() === "running") return { process: child, enter };
    }
    if (deadline.aborted) break;
    await wait(50);
  }
  child.kill("SIGKILL");
  throw new Error(`systemd did not start in its namespaces: ${output}`);
}
