import type { BrowserWindowConstructorOptions } from "electron";

/**
 * Refuses a window with privileges that this stand-in does not support, so that a test of an app that requests them fails.
 * @throws with the preferences in the message
 */
export function requireIsolation({ webPreferences = {} }: BrowserWindowConstructorOptions): void {
  const { nodeIntegration, contextIsolation, sandbox, webSecurity } = webPreferences;
  const { nodeIntegrationInWorker, nodeIntegrationInSubFrames, webviewTag } = webPreferences;
  const weak = [nodeIntegration, nodeIntegrationInWorker, nodeIntegrationInSubFrames, webviewTag].includes(
    true,
  );
  if (weak || [contextIsolation, sandbox, webSecurity].includes(false)) {
    throw new Error(`The window is not isolated: ${JSON.stringify(webPreferences)}.`);
  }
}
