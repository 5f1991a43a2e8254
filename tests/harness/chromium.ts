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
    // Chromium has no sandbox for root.
    chromiumSandbox: process.getuid?.() !== 0,
    env: { ...process.env, ...binary.env },
  });
}
