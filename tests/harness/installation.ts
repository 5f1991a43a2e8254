import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { canMakeDeb } from "../../build/agent-package/make-deb.ts";

const OWN_PROGRAMS = ["/usr/bin/muster-agent", "/usr/local/bin/muster-agent"];
/** Where an installation of the agent puts files, by package or by script. */
const OWN_PLACES = [
  ...OWN_PROGRAMS,
  "/usr/lib/systemd/system/muster-agent.service",
  "/etc/systemd/system/muster-agent.service",
  "/usr/local/sbin/muster-agent-service",
  "/opt/muster-agent",
  "/etc/muster-agent",
  "/var/lib/muster-agent",
  "/var/lib/dpkg/info/muster-agent.list",
];

const WATCHED = ["/etc", "/opt", "/usr/bin", "/usr/lib/systemd", "/usr/local", "/usr/share/doc", "/var/lib"];
// What package managers write about themselves on every run, whatever they install.
const BOOKKEEPING = /^\/var\/lib\/(dpkg\/(?!info\/)|apt\/|systemd\/deb-systemd-helper)/;

/** Why the agent cannot be installed on this machine by a test; null when it can. */
export function obstacleToInstalling(): string | null {
  if (!canMakeDeb()) return "it needs Linux x64 with dpkg";
  if (process.getuid?.() !== 0) return "only root installs packages";
  if (existsSync("/run/systemd/system")) return "systemd runs here: a test starts no services of a machine";
  const found = OWN_PLACES.find((place) => existsSync(place));
  return found === undefined ? null : `an agent is installed here already (${found})`;
}

/** Why a tray cannot run its embedded engine on this machine; null when it can. */
export function obstacleToTray(): string | null {
  const found = OWN_PROGRAMS.find((place) => existsSync(place));
  return found === undefined
    ? null
    : `an agent is installed here (${found}), and a tray waits for its service`;
}

/** Every file, folder and link where an installation could leave one. */
export function listInstalled(): string[] {
  return WATCHED.flatMap((folder) => listBelow(folder)).filter((place) => !BOOKKEEPING.test(place));
}

function listBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => path.join(folder, name));
}
