import { commandFailure } from "../command-failure.ts";
import { printableLine } from "../printable-text.ts";
import type { Clock, RebootPort } from "../ports.ts";
import type { Commands, RunCommand } from "../run-command.ts";
import { detectVirtualization } from "./detect-virtualization.ts";
import type { SystemFiles } from "./system-files.ts";
import { writeToAll } from "./write-to-all.ts";

const LIMIT_MS = 10_000;
const SETTLED_MS = 2_000;
const MAX_MESSAGE = 500;
const BY_SYSTEMD = "/run/systemd/shutdown/scheduled";
const BY_SYSVINIT = "/run/shutdown.pid";
const NO_RIGHT =
  /authentication required|access denied|not permitted|must be (root|superuser)|permission denied/i;

const LOGIN_MANAGER = ["org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager"];
const CAN_REBOOT = ["--system", "call", ...LOGIN_MANAGER, "CanReboot"];
const SURELY_NOT = ['s "no"', 's "na"'];

type Taken = { kind: "taken" } | { kind: "failed"; reason: string };

/** Restarts by systemd, or by the `shutdown` of another init. A container without an init of its own cannot restart itself. */
export function createLinuxReboots({ run, follow }: Commands, files: SystemFiles, clock: Clock): RebootPort {
  const isScheduled = () => files.has(BY_SYSTEMD) || files.has(BY_SYSVINIT);
  const hasSystemd = () => files.has("/run/systemd/system");
  const container = () =>
    !hasSystemd() && detectVirtualization(files).kind === "container"
      ? "a container can only be restarted by its container runtime"
      : null;

  return {
    obstacle: async () => container() ?? (hasSystemd() ? refusalOf(run) : null),

    async schedule({ delayMinutes, message }) {
      const reason = container();
      if (reason !== null) return { kind: "failed", reason };
      if (isScheduled()) return { kind: "already-scheduled" };
      const text = printableLine(message, MAX_MESSAGE);
      const taken = await (!hasSystemd()
        ? stayUntilDown(follow, clock, delayMinutes, text)
        : delayMinutes === 0
          ? rebootNow(run, text)
          : order(run, "shutdown", shutdownArguments(delayMinutes, text)));
      return taken.kind === "taken" ? { kind: "scheduled" } : taken;
    },

    async cancel() {
      const reason = container();
      if (reason !== null) return { kind: "failed", reason };
      if (!isScheduled()) return { kind: "none-scheduled" };
      const taken = await order(run, "shutdown", ["-c"]);
      if (taken.kind === "failed") return taken;
      return isScheduled()
        ? { kind: "failed", reason: "The reboot is still scheduled." }
        : { kind: "cancelled" };
    },
  };
}

/** "challenge" is no refusal: the users or locks that block the restart now may be gone by then. */
async function refusalOf(run: RunCommand): Promise<string | null> {
  const result = await run("busctl", CAN_REBOOT, { timeoutMs: LIMIT_MS });
  const output = result.kind === "exited" && result.code === 0 ? result.stdout.trim() : "";
  return SURELY_NOT.includes(output)
    ? "the login manager does not let this account restart the system"
    : null;
}

async function rebootNow(run: RunCommand, text: string): Promise<Taken> {
  // The restart was requested, so it happens even when the announcement fails.
  if (text !== "") await writeToAll(run, { title: "The system restarts now.", text })();
  return order(run, "systemctl", ["reboot"]);
}

// Before the time, so that no text is taken for an option.
function shutdownArguments(delayMinutes: number, text: string): string[] {
  return ["-r", "--", `+${delayMinutes}`, ...(text === "" ? [] : [text])];
}

async function order(run: RunCommand, file: string, args: readonly string[]): Promise<Taken> {
  const result = await run(file, args, { timeoutMs: LIMIT_MS });
  const reason = commandFailure(result);
  if (reason === null) return { kind: "taken" };
  const output = result.kind === "exited" ? result.stderr : reason;
  return {
    kind: "failed",
    reason: NO_RIGHT.test(output) ? `${file}: requires root or a polkit rule` : `${file}: ${reason}`,
  };
}

/** The `shutdown` of sysvinit counts down in the foreground: it must keep running, and exits immediately when it refuses. */
async function stayUntilDown(
  follow: Commands["follow"],
  clock: Clock,
  delayMinutes: number,
  text: string,
): Promise<Taken> {
  const { promise, resolve } = Promise.withResolvers<Taken>();
  follow("shutdown", shutdownArguments(delayMinutes, text), {
    onLine: () => undefined,
    onEnd: (reason) =>
      resolve(reason.endsWith(" ended with 0") ? { kind: "taken" } : { kind: "failed", reason }),
  });
  const stopTimer = clock.after(SETTLED_MS, () => resolve({ kind: "taken" }));
  return promise.finally(stopTimer);
}

// Written by packages of Debian and Ubuntu, and by those of SUSE.
const FLAG_FILES = ["/run/reboot-required", "/run/reboot-needed"];

/**
 * Whether updates wait for a reboot: a flag file, or a newer kernel of the same flavour beside the running one. Null where the
 * system has neither sign, as in a container.
 */
export function isRebootRequired(files: SystemFiles): boolean | null {
  if (FLAG_FILES.some((path) => files.has(path))) return true;
  const running = files.read("/proc/sys/kernel/osrelease")?.trim();
  const root = ROOTS.find((path) => files.list(`${path}/lib/modules`).length > 0) ?? "";
  const releases = files.list(`${root}/lib/modules`).filter((name) => /^\d+\.\d+/.test(name));
  // A kernel without its modules did not come from this system's packages.
  if (running === undefined || !releases.includes(running)) return null;
  return releases.some(
    (release) =>
      flavour(release) === flavour(running) &&
      isNewer(release, running) &&
      isInstalled(files, root, release, running),
  );
}

// The unit of the service hides /lib/modules from it (ProtectKernelModules); process 1 still sees the folder.
const ROOTS = ["", "/proc/1/root"];

// Files that packages install and remove. modules.dep and locally built modules stay after a removal.
const PACKAGED = ["kernel", "modules.builtin", "modules.order"];

// A module folder may be left over from a removed kernel: it has no image although the running kernel has one. Where image names contain
// no release (Raspberry Pi), the folder must contain the same packaged files as the running kernel's folder.
function isInstalled(files: SystemFiles, root: string, release: string, running: string): boolean {
  if (hasImage(files, root, running)) return hasImage(files, root, release);
  const folder = `${root}/lib/modules/${release}`;
  return (
    ["modules.dep", "modules.dep.bin"].some((name) => files.has(`${folder}/${name}`)) &&
    PACKAGED.every(
      (name) => files.has(`${folder}/${name}`) || !files.has(`${root}/lib/modules/${running}/${name}`),
    )
  );
}

function hasImage(files: SystemFiles, root: string, release: string): boolean {
  return IMAGES.some((path) => files.has(root + path.replace("*", release)));
}

const IMAGES = ["/boot/vmlinuz-*", "/boot/vmlinux-*", "/boot/Image-*", "/lib/modules/*/vmlinuz"];

// "6.1.0-18-cloud-amd64" and "6.1.0-18-amd64" are different kernels that do not replace each other.
function flavour(release: string): string {
  return release.replaceAll(/[\d._]+/g, "");
}

function isNewer(release: string, than: string): boolean {
  const others = numbers(than);
  for (const [index, part] of numbers(release).entries()) {
    const other = others[index] ?? 0;
    if (part !== other) return part > other;
  }
  return false;
}

function numbers(release: string): number[] {
  return (release.match(/\d+/g) ?? []).map(Number);
}
