import { readStored, writeStored } from "../../ui/browser-storage.ts";

const STORAGE_KEY = "muster-wall-key";

/**
 * The API key of a wall display, null for a display of the signed-in user. It comes in the fragment of the link, which browsers do not
 * send, is taken out of the address, and stays in this browser, so that the display comes back after a restart.
 */
export function takeWallKey(): string | null {
  const key = location.hash.slice(1);
  if (key === "") return readStored(STORAGE_KEY) || null;
  writeStored(STORAGE_KEY, key);
  history.replaceState(history.state, "", location.pathname + location.search);
  return key;
}

export function forgetWallKey(): void {
  writeStored(STORAGE_KEY, "");
}

/** The link that opens a wall display with this key. */
export function wallLink(path: string, key: string): string {
  return `${location.origin}${path}#${key}`;
}
