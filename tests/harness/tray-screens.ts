// Takes screenshots of every window of the tray in every language, dark and light, and of its icons on both panels, into dist/screens
// for a visual check: node tests/harness/tray-screens.ts
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { TRAY_ICON_STATES, TRAY_PANELS, trayPngName } from "@muster/shared/design/tray-icons.ts";
import { LANGUAGES } from "@muster/shared/i18n/languages.ts";
import type { Page } from "playwright-core";
import { WINDOW_NAMES } from "../../desktop-agent/src/electron/ipc-contract.ts";
import { launchChromium } from "./chromium.ts";
import type { RunningApp } from "./electron/start-app.ts";
import { makeUserMachine } from "./user-machine.ts";
import { startTrayEnvironment, type TrayEnvironment } from "./tray-environment.ts";

const folder = path.join(import.meta.dirname, "../../dist/screens");
const THEMES = ["light", "dark"] as const;
const ICON_SIZES = [16, 22, 48] as const;

// Otherwise a screenshot could show a colour transition.
const SETTLED = `Promise.all(document.getAnimations().map(({ finished }) => finished))
  .then(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))`;

const URGENT = {
  title: "Maintenance tonight",
  text: "The network is down from 18:00 to 18:30.\nPlease save your work before.",
  urgency: "urgent",
  buttons: ["All right", "Not tonight"],
};
const PLAIN = { title: "New printer", text: "It stands on the second floor.", urgency: "low", buttons: [] };
const REBOOT = { delayMinutes: 90, message: "Updates of the system", postponements: 2, postponableHours: 12 };

async function drawWindows(tray: RunningApp, prefix: string, names: readonly string[]): Promise<void> {
  for (const language of Object.keys(LANGUAGES)) {
    await tray.sendFrom("setup.html", "set-language", [language]);
    const drawn: string[] = [];
    for (const theme of THEMES) {
      for (const name of names) {
        const page = await tray.window(`${name}.html`);
        await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
        await page.locator(`html[lang="${language}"]`).waitFor({ state: "attached" });
        await page.evaluate(SETTLED);
        const file = `${prefix}${name}-${language}-${theme}.png`;
        await page.screenshot({ path: path.join(folder, file) });
        drawn.push(file);
      }
    }
    await writeSheet(`${prefix}sheet-${language}`, drawn);
  }
}

/** All windows of one language in one image. */
async function writeSheet(name: string, files: readonly string[]): Promise<void> {
  const images = await Promise.all(files.map((file) => readFile(path.join(folder, file), "base64")));
  const cells = images.map((image) => `<img src="data:image/png;base64,${image}">`).join("");
  await draw(
    name,
    `<body style="margin:0;display:grid;grid-template-columns:repeat(${files.length / 2},1fr);gap:8px;background:#888">${cells}`,
  );
}

async function drawIcons(bundle: string): Promise<void> {
  const rows = await Promise.all(
    TRAY_PANELS.map(async (panel) => {
      const cells = TRAY_ICON_STATES.flatMap((state) =>
        ICON_SIZES.map(async (size) => {
          const image = await readFile(path.join(bundle, "icons", trayPngName(state, panel, size)), "base64");
          return `<img src="data:image/png;base64,${image}" title="${state}" style="margin:8px">`;
        }),
      );
      const ground = panel === "dark" ? "#222" : "#eee";
      return `<div style="background:${ground};padding:8px">${(await Promise.all(cells)).join("")}</div>`;
    }),
  );
  await draw("icons", `<body style="margin:0;zoom:2">${rows.join("")}`);
}

async function draw(name: string, html: string): Promise<void> {
  const browser = await launchChromium();
  const page: Page = await browser.newPage({ viewport: { width: 2600, height: 1140 } });
  await page.setContent(html);
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
  await browser.close();
}

async function drawJoined(environment: TrayEnvironment): Promise<void> {
  const machine = await makeUserMachine();
  const env = { MUSTER_AGENT_SERVER: environment.url, MUSTER_ENROL_TOKEN: await environment.makeToken() };
  const tray = await environment.startTray(machine, { env });
  await tray.window("setup.html");
  await tray.until(() => /of 100/.test(tray.tray().tooltip));
  const [device] = await environment.devices();
  for (const message of [PLAIN, URGENT]) await environment.queue(device?.id ?? "", "message", message);
  await environment.queue(device?.id ?? "", "reboot", REBOOT);
  await tray.until(() => tray.tray().menu.some(({ label }) => label.startsWith("Reboot planned")));
  for (const name of WINDOW_NAMES) await tray.sendFrom("setup.html", "open-window", [name]);
  await drawWindows(tray, "", WINDOW_NAMES);
  await drawIcons(tray.folder);
  await tray.kill();
  await machine.remove();
}

async function drawFirstStart(environment: TrayEnvironment): Promise<void> {
  const machine = await makeUserMachine();
  const tray = await environment.startTray(machine);
  const page = await tray.window("setup.html");
  await page.getByLabel("Server address", { exact: true }).fill("https://localhost:1");
  await page.getByLabel("Token", { exact: true }).fill(await environment.makeToken());
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await page.getByText("No server responds at this address.").waitFor();
  await tray.sendFrom("setup.html", "open-window", ["status"]);
  await drawWindows(tray, "first-", ["setup", "status"]);
  await tray.kill();
  await machine.remove();
}

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const environment = await startTrayEnvironment();
await drawJoined(environment);
await drawFirstStart(environment);
await environment.remove();
await writeFile(path.join(folder, "README"), "Drawn by tests/harness/tray-screens.ts\n");
