import { type Browser, chromium } from "playwright-core";
import { findChromium } from "./chromium-binary.ts";

const keepOffTheNetwork = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a real, headless Chromium that talks to the pages under test and to nothing else. Close it in afterAll. */
export async function launchChromium(): Promise<Browser> {
  const binary = await findChromium();
  return chromium.launch({
    executablePath: binary.executablePath,
    args: keepOffTheNetwork,
    // Root has none, and some systems forbid the namespaces it needs; the pages are our own.
    chromiumSandbox: false,
    env: { ...process.env, ...binary.env },
  });
}
