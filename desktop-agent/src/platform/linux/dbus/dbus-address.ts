const DEFAULT_PATH = "/run/dbus/system_bus_socket";

/**
 * Socket path of the first entry of a D-Bus address that is a unix socket; an abstract one begins with NUL. Without an address it
 * is the default address of the system bus.
 */
export function dbusSocketPath(address: string | undefined): string {
  for (const entry of (address ?? "").split(";")) {
    if (!entry.startsWith("unix:")) continue;
    const pairs = new Map(entry.slice("unix:".length).split(",").map(toPair));
    const path = pairs.get("path");
    if (path !== undefined) return path;
    const abstract = pairs.get("abstract");
    if (abstract !== undefined) return `\0${abstract}`;
  }
  return DEFAULT_PATH;
}

function toPair(text: string): [string, string] {
  const equals = text.indexOf("=");
  const value = text
    .slice(equals + 1)
    .replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return [text.slice(0, Math.max(0, equals)), value];
}
