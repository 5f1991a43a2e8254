import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

export type ChromiumBinary = { executablePath: string; env: Record<string, string> };

const run = promisify(execFile);
const cache = path.join(import.meta.dirname, "..", "..", "node_modules", ".cache", "muster");
const systemBrowsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * A real Chromium: CHROMIUM_PATH, else the packaged one on linux-x64, else the system's.
 * @throws when there is none.
 */
export async function findChromium(): Promise<ChromiumBinary> {
  const given = process.env["CHROMIUM_PATH"];
  if (given) return { executablePath: given, env: {} };
  if (process.platform === "linux" && process.arch === "x64") return unpackOnce();
  const system = systemBrowsers.find((place) => existsSync(place));
  if (system === undefined) throw new Error("No Chromium for the tests: set CHROMIUM_PATH.");
  return { executablePath: system, env: {} };
}

async function unpackOnce(): Promise<ChromiumBinary> {
  const folder = path.join(cache, `chromium-${readVersion()}`);
  if (!existsSync(folder)) await unpackInto(folder);
  // In a copied or moved clone it names the fonts of the first one, and Chromium crashes where those are missing.
  const fonts = path.join(folder, "fonts.conf");
  if (readFileSync(fonts, "utf8") !== describeFonts(folder)) await writeFile(fonts, describeFonts(folder));
  return {
    executablePath: path.join(folder, "chromium"),
    env: {
      LD_LIBRARY_PATH: path.join(folder, "al2023", "lib"),
      FONTCONFIG_FILE: path.join(folder, "fonts.conf"),
    },
  };
}

/** Unpacks beside and renames, so that test files that start together never see half a browser. */
async function unpackInto(folder: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(`${folder}-`);
  try {
    const script = path.join(import.meta.dirname, "unpack-chromium.ts");
    await run(process.execPath, [script], { env: { ...process.env, TMPDIR: partial } });
    await writeFile(path.join(partial, "fonts.conf"), describeFonts(folder));
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

function describeFonts(folder: string): string {
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>\n`;
}

function readVersion(): string {
  const require = createRequire(import.meta.url);
  const manifest = path.join(path.dirname(require.resolve("@sparticuz/chromium")), "..", "package.json");
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  return version;
}
