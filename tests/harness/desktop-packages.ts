import { INSTALL_LOCK } from "./debian-program.ts";
import { createCommands } from "../../desktop-agent/src/platform/run-command.ts";

const NEEDED = ["Xvfb", "dbus-daemon", "dunst", "dunstctl", "notify-send", "zenity", "busctl", "setpriv"];
const PACKAGES = ["xvfb", "dbus", "dunst", "libnotify-bin", "zenity", "fonts-dejavu-core"];
const LIMIT_MS = 300_000;

const { run } = createCommands({ ...process.env, DEBIAN_FRONTEND: "noninteractive" });

/** Sees to a display and a notification daemon, on Debian by installing them as root. Gives null, or why there are none. */
export async function desktopPackages(): Promise<string | null> {
  if (process.platform !== "linux") return "this is not Linux";
  const missing = await missingPrograms();
  if (missing.length === 0) return null;
  if (process.getuid?.() !== 0) return `${missing.join(", ")} missing, and only root can install packages`;
  const script = `apt-get update -qq && apt-get install -y --no-install-recommends "$@"`;
  await run("flock", [INSTALL_LOCK, "sh", "-c", script, "sh", ...PACKAGES], { timeoutMs: LIMIT_MS });
  const still = await missingPrograms();
  return still.length === 0 ? null : `${still.join(", ")} could not be installed`;
}

async function missingPrograms(): Promise<string[]> {
  const found = await Promise.all(NEEDED.map((name) => run("which", [name], { timeoutMs: LIMIT_MS })));
  return NEEDED.filter((_, index) => {
    const result = found[index];
    return result?.kind !== "exited" || result.code !== 0;
  });
}
