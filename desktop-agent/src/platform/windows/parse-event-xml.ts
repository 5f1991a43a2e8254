/** The newest start of the kernel, event 12 of Microsoft-Windows-Kernel-General in the system's log. */
export const BOOT_EVENT_QUERY = query(
  "*[System[Provider[@Name='Microsoft-Windows-Kernel-General'] and (EventID=12)]]",
);

/** The newest order to go down within two minutes, event 1074 of User32. */
export const SHUTDOWN_EVENT_QUERY = query(
  "*[System[Provider[@Name='User32'] and (EventID=1074) and TimeCreated[timediff(@SystemTime) <= 120000]]]",
);

function query(xpath: string): string[] {
  return ["qe", "System", `/q:${xpath}`, "/c:1", "/rd:true", "/f:xml"];
}

/** A boot id out of the boot event: its number in the log and the instant that it names; undefined when either is missing. */
export function parseBootEvent(xml: string): string | undefined {
  const record = /<EventRecordID>(\d{1,20})<\/EventRecordID>/.exec(xml)?.[1];
  const instant =
    /<Data Name=['"]StartTime['"]>([^<]{1,40})<\/Data>/.exec(xml)?.[1] ??
    /<TimeCreated SystemTime=['"]([^'"]{1,40})['"]/.exec(xml)?.[1];
  const digits = instant?.replaceAll(/\D/g, "") ?? "";
  return record === undefined || digits === "" ? undefined : `${record}-${digits}`;
}

// The event's fifth value is a word in the system's language; these are the most common languages of Windows.
const RESTART =
  /restart|reboot|neustart|redémarr|riavvi|reinici|herstart|omstart|重新|再起動|다시|перезагруз/i;

/** Understands the shutdown event: is the system going down, and does it come back? */
export function parseShutdownEvent(xml: string): "no" | "shutting-down" | "restarting" {
  if (!/<EventID[^>]*>1074<\/EventID>/.test(xml)) return "no";
  const values = [...xml.matchAll(/<Data(?: Name=['"][^'"]*['"])?>([^<]*)<\/Data>/g)].map(
    (match) => match[1] ?? "",
  );
  return RESTART.test(values[4] ?? "") ? "restarting" : "shutting-down";
}
