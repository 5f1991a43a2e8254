import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { acceptsEncoding } from "./accept-encoding.ts";
import { hasSessionCookie } from "./request-credentials.ts";
import { ASSET_HEADERS, pageHeaders, STRICT_TRANSPORT } from "./security-headers.ts";
import type { ServerContext } from "./server-context.ts";

const NONCE_PLACEHOLDER = "__CSP_NONCE__";
const SESSION_PLACEHOLDER = "__SESSION__";
const PAGE = "/index.html";
/** The best compression of a file, made by the build because it takes a second for the largest one. */
const BROTLI_ENDING = ".br";

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};
const COMPRESSED_EXTENSIONS = new Set([".png", ".woff2", ".ico"]);

type Bytes = Uint8Array<ArrayBuffer>;
type Encoding = "br" | "gzip";
type StaticFile = {
  bytes: Bytes;
  type: string;
  etag: string;
  isHashed: boolean;
  compress: Record<Encoding, () => Promise<Bytes>> | null;
};

/**
 * Serves a built web app from memory: its files by their exact names, and its page for every other path without a dot. The
 * page gets a new nonce each time, and learns whether the browser sent a session; files without a `.br` beside them are compressed at
 * their first request. `folder` is read once. The page's own links are
 * put below `basePath`; its scripts find it by their own address.
 */
export function createStaticFiles(
  folder: string,
  { isHttps, basePath = "" }: { isHttps: boolean; basePath?: string },
) {
  const files = readFiles(folder);
  const page = files.get(PAGE);
  const pageText = page && withBasePath(Buffer.from(page.bytes).toString("utf8"), basePath);
  const scriptHashes = inlineScriptHashes(pageText ?? "");
  const extraHeaders = isHttps ? STRICT_TRANSPORT : {};

  return async (context: ServerContext): Promise<Response> => {
    const { req } = context;
    if (req.method !== "GET" && req.method !== "HEAD")
      return context.text("There is nothing at this address.", 404);
    const file = req.path === PAGE ? undefined : files.get(req.path);
    if (file) return sendFile(context, file, extraHeaders);
    if (path.posix.basename(req.path).includes(".") && req.path !== PAGE) {
      return context.text("There is no such file.", 404, { ...ASSET_HEADERS, ...extraHeaders });
    }
    if (pageText === undefined)
      return context.text("The dashboard is not built. Run npm start to build it.", 503, ASSET_HEADERS);
    const nonce = randomBytes(16).toString("base64");
    const hasSession = hasSessionCookie(req.header("cookie"));
    const html = pageText
      .replaceAll(NONCE_PLACEHOLDER, nonce)
      .replace(SESSION_PLACEHOLDER, hasSession ? "maybe" : "none");
    const headers = { ...pageHeaders(nonce, scriptHashes), ...extraHeaders };
    return context.html(html, 200, { ...headers, "cache-control": "no-store" });
  };
}

/** SHA-256 of each script that is part of the page, in base64. */
function inlineScriptHashes(html: string): string[] {
  const scripts = [...html.matchAll(/<script>([^]*?)<\/script>/g)].map(([, script = ""]) => script);
  return scripts.map((script) => createHash("sha256").update(script).digest("base64"));
}

/** The page is served at every path, so links relative to it would lead elsewhere. */
function withBasePath(html: string, basePath: string): string {
  return html.replaceAll(/\b(href|src)="\.?\//g, `$1="${basePath}/`);
}

async function sendFile(
  context: ServerContext,
  file: StaticFile,
  more: Record<string, string>,
): Promise<Response> {
  const headers = {
    ...ASSET_HEADERS,
    ...more,
    etag: file.etag,
    vary: "accept-encoding",
    "cache-control": file.isHashed ? "public, max-age=31536000, immutable" : "no-cache",
  };
  if (context.req.header("if-none-match") === file.etag) return context.body(null, 304, headers);
  const encoding = (["br", "gzip"] as const).find((name) =>
    acceptsEncoding(context.req.header("accept-encoding"), name),
  );
  const compress = encoding && file.compress?.[encoding];
  if (!compress) return context.body(file.bytes, 200, { ...headers, "content-type": file.type });
  return context.body(await compress(), 200, {
    ...headers,
    "content-type": file.type,
    "content-encoding": encoding,
  });
}

function readFiles(folder: string): Map<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  const names = listNames(folder);
  const read = (name: string): Bytes => Uint8Array.from(readFileSync(path.join(folder, name)));
  for (const name of names.filter((one) => !one.endsWith(BROTLI_ENDING))) {
    const bytes = read(name);
    const ending = path.extname(name);
    files.set(`/${name.split(path.sep).join("/")}`, {
      bytes,
      type: TYPES[ending] ?? "application/octet-stream",
      etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`,
      isHashed: name.startsWith("assets"),
      compress: COMPRESSED_EXTENSIONS.has(ending) ? null : compressOnce(bytes, builtBrotli(name)),
    });
  }
  return files;

  function builtBrotli(name: string): Bytes | null {
    return names.includes(name + BROTLI_ENDING) ? read(name + BROTLI_ENDING) : null;
  }
}

function listNames(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  } catch {
    // Without a build the page says so. The API works without it.
    return [];
  }
}

function compressOnce(bytes: Bytes, builtBrotli: Bytes | null): Record<Encoding, () => Promise<Bytes>> {
  return {
    br: once(async () => {
      if (builtBrotli) return builtBrotli;
      const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 };
      return Uint8Array.from(await promisify(brotliCompress)(bytes, { params: quality }));
    }),
    gzip: once(async () => Uint8Array.from(await promisify(gzip)(bytes, { level: 9 }))),
  };
}

function once<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined;
  return () => (made ??= make());
}
