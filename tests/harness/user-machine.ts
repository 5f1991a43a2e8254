import { execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import {
  BUS,
  connectDbus,
  type DbusConnection,
} from "../../desktop-agent/src/platform/linux/dbus/dbus-connection.ts";
import { startLoginService } from "../../desktop-agent/src/platform/testing/login-service.ts";
import { busConfiguration, writeLoginPrograms, writeProgram } from "./desktop-programs.ts";
import { type ReadableClone, readableClone } from "./readable-clone.ts";
import { writeUntilFull } from "./tiny-disk.ts";

const run = promisify(execFile);
/** Starts a program that must not outlive the tests, however they end. */
const TIED = "setpriv";

/**
 * This computer with one user at its console: a message bus with a login manager that reports the user and a panel that shows tray icons, and
 * programs in the place of those that would restart the computer.
 */
export type UserMachine = {
  folder: string;
  user: string;
  uid: number;
  /** The environment of a program of this user. */
  environment: Record<string, string>;
  /** What a program is started by, so that it reads this machine's own boot id. Empty for an ordinary user, who cannot do that. */
  wrapper: readonly string[];
  /** The clone as this user can read it. */
  clone: ReadableClone;
  /** Fills and frees the small disk that was requested. */
  fillDisk(): Promise<void>;
  freeDisk(): Promise<void>;
  /** A boot later: programs that start from now on read another boot id. */
  boot(): Promise<void>;
  /** The restarts that were ordered, in order, each as the arguments of `shutdown`. */
  restarts(): string[];
  remove(): Promise<void>;
};

const SESSION = "/org/freedesktop/login1/session/_37";
const DISK_BYTES = 16 * 1024 * 1024;
const BOOT_ID = "/proc/sys/kernel/random/boot_id";
const isRoot = process.getuid?.() === 0;

/**
 * @param options the account of the user, of which only root can choose another than its own, and whether there is a small disk, which only
 * root can mount
 */
export async function makeUserMachine(
  options: { user?: string; uid?: number; hasDisk?: boolean } = {},
): Promise<UserMachine> {
  const { user = userInfo().username, uid = userInfo().uid, hasDisk = false } = options;
  const as = { user, uid };
  const folder = await mkdtemp(path.join(tmpdir(), "muster-user-"));
  const place = (name: string) => path.join(folder, name);
  await mkdir(place("bin"));
  await chmod(folder, 0o755);
  const restarts = place("restarts");
  const bootId = place("boot-id");
  const boot = () => writeFile(bootId, `${randomUUID()}\n`);
  await boot();
  await writeFile(restarts, "", { mode: 0o666 });
  writeProgram(place("bin/shutdown"), `echo "$*" >> ${restarts}`);
  writeLoginPrograms(place("bin"), [{ id: "7", ...as, display: ":0" }]);
  const disk = hasDisk ? await mountDisk(folder) : null;
  const filler = (): string => {
    if (disk === null) throw new Error("this machine has no small disk");
    return path.join(disk, "filler");
  };
  for (const name of ["wall", "systemctl"]) writeProgram(place(`bin/${name}`), "exit 1");
  await mkdir(place("home"), { mode: 0o700 });
  if (isRoot) await chown(place("home"), as.uid, as.uid);

  const clone = await readableClone(as);
  const bus = await startBus(folder);
  const login = await startLoginService(bus.socketPath, {
    "/org/freedesktop/login1/seat/seat0 ActiveSession": ["(so)", ["7", SESSION]],
    [`${SESSION} Name`]: ["s", as.user],
    [`${SESSION} Class`]: ["s", "user"],
    [`${SESSION} IdleHint`]: ["b", false],
    [`${SESSION} IdleSinceHint`]: ["t", 0],
  });
  const panel = await showTrayIcons(bus.socketPath);
  const address = `unix:path=${bus.socketPath}`;
  return {
    folder,
    ...as,
    environment: {
      PATH: `${place("bin")}:${path.dirname(clone.node)}:/usr/bin:/bin`,
      HOME: place("home"),
      DBUS_SYSTEM_BUS_ADDRESS: address,
      DBUS_SESSION_BUS_ADDRESS: address,
      MUSTER_AGENT_RUN_DIR: place("run"),
    },
    wrapper: isRoot
      ? [
          "unshare",
          "--mount",
          "sh",
          "-c",
          `mount --bind ${bootId} ${BOOT_ID} && exec "$@"`,
          "sh",
          ...become(as),
        ]
      : [],
    clone,
    fillDisk: async () => writeUntilFull(filler()),
    freeDisk: async () => rm(filler()),
    boot,
    restarts: () => readFileSync(restarts, "utf8").split("\n").filter(Boolean),
    async remove() {
      panel.close();
      login.stop();
      bus.stop();
      if (disk !== null) await run("umount", ["--lazy", disk]);
      await clone.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function become({ uid }: { uid: number }): string[] {
  return uid === 0 ? [] : [TIED, `--reuid=${uid}`, `--regid=${uid}`, "--clear-groups", "--"];
}

/** A disk under a name of its own, as the agent does not count the loop devices of packages. */
async function mountDisk(folder: string): Promise<string> {
  const [image, device, disk] = ["disk.img", "disk-device", "disk"].map((name) => path.join(folder, name));
  const script = `set -e
truncate --size=${DISK_BYTES} "$1"
mkfs.ext4 -q -m 0 "$1"
mkdir "$3"
loop=$(losetup --find --show "$1")
mknod "$2" b $(stat -c '0x%t 0x%T' "$loop")
mount "$2" "$3"
losetup --detach "$loop"`;
  const args = ["-c", script, "sh", image ?? "", device ?? "", disk ?? ""];
  await run("sh", args, { env: { PATH: "/usr/sbin:/sbin:/usr/bin:/bin" } });
  return disk ?? "";
}

/** A bus for everybody on this machine, which starts no services. It goes with this process. */
async function startBus(folder: string): Promise<{ socketPath: string; stop(): void }> {
  const [socketPath, configuration] = [path.join(folder, "bus"), path.join(folder, "bus.conf")];
  await writeFile(configuration, busConfiguration(socketPath));
  const daemon = ["dbus-daemon", "--nofork", "--nosyslog", "--print-address=1"];
  const child = spawn(TIED, ["--pdeathsig", "TERM", "--", ...daemon, `--config-file=${configuration}`], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
  if (child.exitCode !== null) throw new Error("dbus-daemon did not start: apt-get install dbus");
  return { socketPath, stop: () => void child.kill() };
}

async function showTrayIcons(socketPath: string): Promise<DbusConnection> {
  const bus = await connectDbus(socketPath);
  const body = ["org.kde.StatusNotifierWatcher", 0];
  await bus.call({ ...BUS, member: "RequestName", signature: "su", body });
  return bus;
}
