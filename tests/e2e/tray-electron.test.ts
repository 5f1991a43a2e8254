import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { _electron } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundledTray } from "../harness/bundled-tray.ts";
import { makePersonMachine, type PersonMachine } from "../harness/person-machine.ts";

const shipped = path.join(import.meta.dirname, "../../node_modules/electron/dist/electron");
const binary = [process.env["ELECTRON_PATH"], shipped].find((place) => place && existsSync(place));
const name =
  binary === undefined
    ? "the tray in Electron itself, not started: there is no Electron binary (ELECTRON_PATH)"
    : "the tray in Electron itself";

describe.skipIf(binary === undefined || process.platform !== "linux")(name, { timeout: 120_000 }, () => {
  let machine: PersonMachine;
  let screen: Awaited<ReturnType<typeof startScreen>>;

  beforeAll(async () => {
    [machine, screen] = await Promise.all([makePersonMachine(), startScreen()]);
  }, 60_000);
  afterAll(async () => {
    screen?.stop();
    await machine?.remove();
  });

  it("opens the set-up at its first start, without Node in its page, and quits", async () => {
    const electron = await _electron.launch({
      executablePath: binary,
      // Root has no sandbox of Chromium's; where somebody else runs it, it is on.
      args: [await bundledTray(), ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
      env: { ...machine.environment, DISPLAY: screen.display, XDG_CONFIG_HOME: `${machine.folder}/home` },
    });
    const page = await electron.firstWindow();
    await page.getByLabel("Server address", { exact: true }).waitFor();
    expect(page.url()).toBe("muster-tray://windows/setup.html");
    expect(await page.evaluate("[typeof require, typeof process]")).toEqual(["undefined", "undefined"]);
    await electron.close();
  });
});

async function startScreen(): Promise<{ display: string; stop(): void }> {
  const child = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1024x768x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child.stdout.once("data", (number: Buffer) => resolve(`:${number.toString().trim()}`));
  child.once("error", reject);
  return { display: await promise, stop: () => void child.kill() };
}
