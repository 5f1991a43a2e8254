import { readFile } from "node:fs/promises";
import path from "node:path";
import { WINDOW_NAMES, type WindowName } from "../ipc-contract.ts";

/** The scheme from which windows load their files. */
export const WINDOW_SCHEME = "muster-tray";
const ORIGIN = `${WINDOW_SCHEME}://windows`;

const CONTENT_TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

const HEADERS = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

/** The URL of a window's page. */
export function pageUrl(name: WindowName): string {
  return `${ORIGIN}/${name}.html`;
}

/** Whether a URL belongs to the windows' scheme. */
export function isWindowUrl(url: string): boolean {
  return url.startsWith(`${ORIGIN}/`);
}

/**
 * Serves the files in `folder` to windows. Only files that the build listed are served, by their exact names: a requested name
 * never becomes part of a path.
 */
export async function createWindowFiles(folder: string): Promise<(url: string) => Promise<Response>> {
  const listed: unknown = JSON.parse(await readFile(path.join(folder, "files.json"), "utf8"));
  const names = Array.isArray(listed) ? listed.filter((name) => typeof name === "string") : [];
  const missing = WINDOW_NAMES.filter((name) => !names.includes(`${name}.html`));
  if (missing.length > 0)
    throw new Error(
      `The renderer folder lacks the files of these windows: ${missing.join(", ")}. Build the tray again.`,
    );
  const files = new Map(names.map((name) => [`${ORIGIN}/${name}`, name]));

  return async (url) => {
    const name = files.get(url);
    const type = CONTENT_TYPES[path.extname(name ?? "")];
    if (name === undefined || type === undefined)
      return new Response(null, { status: 404, headers: HEADERS });
    const content = await readFile(path.join(folder, name));
    return new Response(new Uint8Array(content), { headers: { ...HEADERS, "content-type": type } });
  };
}
