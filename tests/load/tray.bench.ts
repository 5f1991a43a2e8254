import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as passes } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { WINDOW_NAMES, type WindowState } from "../../desktop-agent/src/electron/ipc-contract.ts";
import { makeLocalView, measured } from "../../desktop-agent/src/electron/model/local-view.factory.ts";
import { trayChanges, type TrayModel, trayModel } from "../../desktop-agent/src/electron/model/tray-model.ts";
import { createTranslations } from "../../desktop-agent/src/electron/model/translations.ts";
import { bundledTray } from "../harness/bundled-tray.ts";
import { launchChromium } from "../harness/chromium.ts";
import { startAgentServer } from "../harness/agent-server.ts";
import { TOKEN } from "../harness/agent-process.ts";
import { startApp } from "../harness/electron/start-app.ts";
import { makeUserMachine } from "../harness/user-machine.ts";
import { type Cell, printTable } from "./harness/bench-table.ts";

/** Seconds of idling, set by MUSTER_BENCH_SECONDS, 20 by default. */
const SECONDS = Number(process.env["MUSTER_BENCH_SECONDS"] ?? 20);
const UPDATES = 20_000;
const KIB = 1024;
const MIB = 1_048_576;

/** Gzipped bytes that a window loads in one language: its page, and the files that page and scripts refer to. */
function windowBytes(renderer: string, page: string): number {
  const seen = new Set<string>();
  const visit = (name: string): number => {
    if (seen.has(name)) return 0;
    seen.add(name);
    const content = readFileSync(path.join(renderer, name));
    const size = name.endsWith(".woff2") ? content.length : gzipSync(content, { level: 9 }).length;
    if (!/\.(html|js|css)$/.test(name)) return size;
    return size + namesIn(content.toString("utf8"), name).reduce((sum, next) => sum + visit(next), 0);
  };
  const files = new Set(readdirSync(renderer, { recursive: true }).map(String));
  // Only the imports at start; other languages are loaded when they are chosen.
  const namesIn = (text: string, from: string) =>
    [...text.matchAll(/(?:src|href)="([^"]+)"|(?:from|import)\s*"([^"]+)"|url\(([^)]+)\)/g)]
      .map(([, linked, imported, drawn]) => linked ?? imported ?? drawn ?? "")
      .map((name) =>
        path.posix.join(name.startsWith("/") ? "" : path.posix.dirname(from), name.replace(/^\//, "")),
      )
      .filter((name) => files.has(name));
  return visit(page);
}

function sizes(folder: string): Cell[][] {
  const renderer = path.join(folder, "renderer");
  return WINDOW_NAMES.map((name) => [name, windowBytes(renderer, `${name}.html`) / KIB]);
}

/** The cost of one change of the view, and how often it updates the tray, for a machine whose values move a little with each sample. */
async function modelCost(): Promise<Cell[]> {
  const words = await createTranslations("en", "en-US");
  let shown: TrayModel | null = null;
  let touches = 0;
  const startedAt = performance.now();
  for (let update = 0; update < UPDATES; update += 1) {
    const model = trayModel(stateAt(update), words, { family: "linux", nowMs: update * 30_000 });
    touches += Object.keys(trayChanges(shown, model)).length;
    shown = model;
  }
  const microseconds = ((performance.now() - startedAt) * 1000) / UPDATES;
  return [microseconds, touches / UPDATES];
}

function stateAt(update: number): WindowState {
  return {
    view: makeLocalView(measured({ cpu: 4 + (update % 3), memory: 41, disk: 55, diskFree: 212e9 })),
    role: "embedded-engine",
    language: "en",
    locale: "en-US",
    settings: { language: null, opensAtLogin: true, canChangeOpensAtLogin: true, secretsKept: "key-store" },
  };
}

function rssMib(pid: number): number {
  const [, kib = "0"] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kib) / KIB;
}

/** The shipped main bundle under plain Node; Electron and Chromium come on top. */
async function runMain(folder: string): Promise<Cell[]> {
  const [server, machine, browser] = await Promise.all([
    startAgentServer({ intervalS: 2 }),
    makeUserMachine(),
    launchChromium(),
  ]);
  const env = { MUSTER_AGENT_SERVER: server.url, MUSTER_ENROL_TOKEN: TOKEN, MUSTER_AGENT_INTERVAL: "2" };
  const start = async () => {
    const startedAt = performance.now();
    const app = await startApp({
      folder,
      browser,
      setting: { home: `${machine.folder}/home` },
      env: { ...machine.environment, ...env, NODE_COMPILE_CACHE: `${machine.folder}/compiled` },
    });
    await app.until(() => app.tray().menu.length > 0);
    return { app, startMs: performance.now() - startedAt };
  };
  const first = await start();
  await server.until((stored) => stored.length > 0);
  await first.app.quit();
  const { app, startMs } = await start();
  await server.until((stored) => stored.length > 3);
  const before = app.tray().touches;
  await passes(SECONDS * 1000);
  const touchesPerMinute = ((app.tray().touches - before) * 60) / SECONDS;
  const { heapBytes } = await app.ask("memory");
  const row = [startMs, rssMib(app.pid), heapBytes / MIB, touchesPerMinute];
  await app.quit();
  await Promise.all([server.close(), browser.close(), machine.remove()]);
  return row;
}

const folder = await bundledTray();
printTable("tray: what each window loads, gzipped (target: 150 KiB each)", ["window", "KiB"], sizes(folder));
printTable(
  `tray: its icon, tooltip and menu from ${UPDATES} views`,
  ["", "µs per view", "touches per view"],
  [["model", ...(await modelCost())]],
);
printTable(
  `tray: the main bundle under Node, reporting every 2 s, after ${SECONDS} s`,
  ["", "start ms", "RSS MiB", "heap MiB", "touches per minute"],
  [["main process", ...(await runMain(folder))]],
);
