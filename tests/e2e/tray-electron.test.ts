import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { _electron, type ElectronApplication, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundledTray } from "../harness/bundled-tray.ts";
import { findElectron } from "../harness/electron-binary.ts";

const program = findElectron();
const reason = "skipped: Electron's program is not here; node node_modules/electron/install.js brings it";
const name = program === null ? `the tray in Electron (${reason})` : "the tray in Electron";

describe.skipIf(program === null)(name, () => {
  let home: string;
  let app: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), "muster-tray-electron-"));
    const isRoot = process.getuid?.() === 0;
    app = await _electron.launch({
      executablePath: program ?? "",
      args: [
        ...(isRoot ? ["--no-sandbox"] : []),
        `--user-data-dir=${path.join(home, "data")}`,
        await bundledTray(),
      ],
      env: { ...readEnvironment(), MUSTER_AGENT_HOME: path.join(home, "agent"), XDG_CONFIG_HOME: home },
    });
    page = await app.firstWindow();
  }, 120_000);

  afterAll(async () => {
    await app?.close();
    await rm(home, { recursive: true, force: true });
  });

  it("opens the set-up of a device that is not enrolled, from its own files", async () => {
    expect(page.url()).toBe("muster-tray://windows/setup.html");
    await page.getByRole("heading").first().waitFor();
  });

  it("gives its windows the bridge and no access to Node", async () => {
    const found = await page.evaluate(() => ({
      node: ["process", "require", "module", "Buffer"].filter((word) => word in globalThis),
      bridge: Object.keys(Reflect.get(globalThis, "muster")).toSorted(),
    }));
    expect(found).toEqual({ node: [], bridge: ["ask", "on"] });
  });

  it("answers the requests of the table and refuses others", async () => {
    const answers = await page.evaluate(async () => {
      const { ask } = Reflect.get(globalThis, "muster");
      const settled = (promise: Promise<unknown>) =>
        promise.then(
          () => "answered",
          () => "refused",
        );
      return [
        await settled(ask("read-state")),
        await settled(ask("read-log", { kind: "end" })),
        await settled(ask("eval")),
      ];
    });
    expect(answers).toEqual(["answered", "refused", "refused"]);
  });

  it("does not navigate and opens no other windows", async () => {
    const isOpened = await page.evaluate('window.open("https://example.org/") !== null');
    expect(isOpened).toBe(false);
    await page.evaluate('location.href = "https://example.org/"');
    expect(page.url()).toBe("muster-tray://windows/setup.html");
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });
});

function readEnvironment(): Record<string, string> {
  const set = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(set);
}
