/**
 * Path below which the server is published, such as `/muster`; empty at the root. Pages and workers both find it by the address of
 * this script, so one build works below every path.
 */
export const basePath = basePathOf(new URL(import.meta.url).pathname);

/** The part of a script's path before the folder of the built scripts. In development there is no such folder. */
export function basePathOf(scriptPath: string): string {
  return /^(.*)\/assets\/[^/]+$/.exec(scriptPath)?.[1] ?? "";
}
