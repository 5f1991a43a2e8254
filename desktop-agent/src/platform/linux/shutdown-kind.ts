export type GoingDown = "no" | "shutting-down" | "restarting";

/** What systemd calls the ways down: "poweroff", "halt", "reboot", "soft-reboot", "kexec". Any other is a shutdown. */
export function shutdownKindOf(name: unknown): "shutting-down" | "restarting" {
  return typeof name === "string" && /^(soft-)?reboot|^kexec/.test(name) ? "restarting" : "shutting-down";
}

/** Reads `systemctl list-jobs --no-legend`: is a target of going down being started? */
export function parseListJobs(text: string): GoingDown {
  const targets = [...text.matchAll(/^\s*\d+ (\S+)\.target +start /gm)].map((match) => match[1]);
  if (targets.some((name) => /^((soft-)?reboot|kexec)$/.test(name ?? ""))) return "restarting";
  return targets.some((name) => /^(poweroff|halt|exit|shutdown)$/.test(name ?? "")) ? "shutting-down" : "no";
}
