import type { SystemFiles } from "./system-files.ts";

/** The IANA name of the system's time zone. Not from Intl, which would cost 8 MiB of memory. */
export function readTimeZone(files: SystemFiles): string | undefined {
  const [, linked] =
    /\/zoneinfo\/(?:posix\/|right\/)?(.+)$/.exec(files.resolve("/etc/localtime") ?? "") ?? [];
  const written = files.read("/etc/timezone")?.trim();
  return linked ?? (written === "" ? undefined : written);
}
