import type { BrowserWindowConstructorOptions } from "electron";

/**
 * Refuses a window with what this stand-in gives to no page, so that an app that wants it does not pass here either.
 * @throws naming the preferences
 */
export function mustBeIsolated({ webPreferences = {} }: BrowserWindowConstructorOptions): void {
  const { nodeIntegration, contextIsolation, sandbox, webSecurity } = webPreferences;
  const { nodeIntegrationInWorker, nodeIntegrationInSubFrames, webviewTag } = webPreferences;
  const weak = [nodeIntegration, nodeIntegrationInWorker, nodeIntegrationInSubFrames, webviewTag].includes(
    true,
  );
  if (weak || [contextIsolation, sandbox, webSecurity].includes(false)) {
    throw new Error(`a window without protection: ${JSON.stringify(webPreferences)}`);
  }
}
