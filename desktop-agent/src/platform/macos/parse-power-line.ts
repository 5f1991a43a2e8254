export type MacPowerNotice = "about-to-sleep" | "woke";

/** Log messages about power changes: those of the kernel, and those of powerd, which come some seconds earlier. */
export const POWER_LOG_PREDICATE = [
  '(process == "powerd" AND eventMessage BEGINSWITH "Entering Sleep state due to")',
  '(process == "kernel" AND eventMessage == "PMRD: System Sleep")',
  '(process == "kernel" AND eventMessage == "PMRD: System Wake")',
].join(" OR ");

/** Understands a line of `log stream --style ndjson`; undefined for anything else. */
export function parsePowerLine(line: string): MacPowerNotice | undefined {
  const message = messageOf(line);
  if (message === undefined) return undefined;
  if (message.startsWith("Entering Sleep state due to") || message === "PMRD: System Sleep")
    return "about-to-sleep";
  return message === "PMRD: System Wake" ? "woke" : undefined;
}

function messageOf(line: string): string | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    const isEntry = typeof entry === "object" && entry !== null && "eventMessage" in entry;
    return isEntry && typeof entry.eventMessage === "string" ? entry.eventMessage : undefined;
  } catch {
    // The first line describes the active filter.
    return undefined;
  }
}
