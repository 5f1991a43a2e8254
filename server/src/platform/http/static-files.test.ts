import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ServerEnv } from "./server-context.ts";
import { createStaticFiles } from "./static-files.ts";

const outside = mkdtempSync(path.join(tmpdir(), "muster-static-"));
const folder = path.join(outside, "dist");
const script = "console.log('muster');".repeat(100);
let app: Hono<ServerEnv>;

beforeAll(() => {
  mkdirSync(path.join(folder, "assets"), { recursive: true });
  writeFileSync(path.join(outside, "secret.txt"), "secret");
  writeFileSync(
    path.join(folder, "index.html"),
    '<meta nonce="__CSP_NONCE__">\n<meta session="__SESSION__">',
  );
  writeFileSync(path.join(folder, "assets/app-1a2b.js"), script);
  writeFileSync(path.join(folder, "robots.txt"), "none");
  writeFileSync(path.join(folder, ".built-from"), "stamp");
  app = new Hono<ServerEnv>();
  app.notFound(createStaticFiles(folder, { isHttps: true }));
});
afterAll(() => rmSync(outside, { recursive: true }));

describe("the files of the dashboard", () => {
  it("are cached permanently when their name contains their hash, and revalidated otherwise", async () => {
    const hashed = await app.request("/assets/app-1a2b.js");
    expect(hashed.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(hashed.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    const plain = await app.request("/robots.txt");
    expect(plain.headers.get("cache-control")).toBe("no-cache");
    const again = await app.request("/robots.txt", {
      headers: { "if-none-match": plain.headers.get("etag") ?? "" },
    });
    expect(again.status).toBe(304);
  });

  it("are compressed for clients that accept it", async () => {
    const answer = await app.request("/assets/app-1a2b.js", { headers: { "accept-encoding": "gzip, br" } });
    expect(answer.headers.get("content-encoding")).toBe("br");
    expect(brotliDecompressSync(Buffer.from(await answer.arrayBuffer())).toString()).toBe(script);
    const plain = await app.request("/assets/app-1a2b.js", { headers: { "accept-encoding": "br;q=0" } });
    expect(await plain.text()).toBe(script);
  });

  it("may run the scripts that are part of the page, and no other inline script", async () => {
    writeFileSync(path.join(folder, "index.html"), "<script>first()</script><script>second()</script>");
    const scripts = new Hono<ServerEnv>();
    scripts.notFound(createStaticFiles(folder, { isHttps: true }));
    const policy = (await scripts.request("/")).headers.get("content-security-policy");
    // echo -n 'first()' | openssl dgst -sha256 -binary | base64
    expect(policy).toContain(
      "script-src 'self' 'sha256-fDYmfWjvur9AxjhDbjHe6RvExc05MbXhhrbgz2vvy/A=' 'sha256-VRcK3v7WYQJL3yHheBe4dsvLYjAYwFTyoPi2odncRio=';",
    );
  });

  it("are sent as the build compressed them, and only so", async () => {
    const built = brotliCompressSync("built");
    writeFileSync(path.join(folder, "assets/built-1a2b.js"), "built");
    writeFileSync(path.join(folder, "assets/built-1a2b.js.br"), built);
    const other = new Hono<ServerEnv>();
    other.notFound(createStaticFiles(folder, { isHttps: true }));
    const answer = await other.request("/assets/built-1a2b.js", { headers: { "accept-encoding": "br" } });
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(built);
    expect((await other.request("/assets/built-1a2b.js.br")).status).toBe(404);
  });

  it("are linked below the path of the public URL, from every page", async () => {
    const html =
      '<script src="./assets/app.js"></script><link href="/logo.svg"><a href="https://example.org/">';
    writeFileSync(path.join(folder, "index.html"), html);
    const below = new Hono<ServerEnv>();
    below.notFound(createStaticFiles(folder, { isHttps: true, basePath: "/muster" }));
    expect(await (await below.request("/devices/1")).text()).toBe(
      '<script src="/muster/assets/app.js"></script><link href="/muster/logo.svg"><a href="https://example.org/">',
    );
  });

  it.each([
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/assets/..%5c..%5c..%5csecret.txt",
    "/.built-from",
    "/assets/nothing.js",
    "/assets",
  ])("are never read from outside their folder: %s", async (wanted) => {
    const answer = await app.request(wanted);
    expect(await answer.text()).not.toMatch(/secret|stamp|console/);
  });
});

describe("the page", () => {
  it("says whether the browser sent a session", async () => {
    const pageFor = async (headers?: Record<string, string>) =>
      (await app.request("/login", headers && { headers })).text();
    expect(await pageFor()).toContain('session="none"');
    expect(await pageFor({ cookie: "muster_session=abc" })).toContain('session="maybe"');
  });

  it("is the answer on every path of the dashboard, with a new nonce each time", async () => {
    const pages = await Promise.all(
      ["/", "/devices/1", "/index.html"].map(async (wanted) => app.request(wanted)),
    );
    const nonces = await Promise.all(pages.map(async (page) => /nonce="(.+)"/.exec(await page.text())?.[1]));
    expect(new Set(nonces).size).toBe(3);
    const policy = pages[0]?.headers.get("content-security-policy");
    expect(policy).toContain(`style-src 'self' 'nonce-${nonces[0]}'`);
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toContain("unsafe");
    expect(pages[0]?.headers.get("cache-control")).toBe("no-store");
    expect(pages[0]?.headers.get("strict-transport-security")).toBeTruthy();
  });

  it("accepts only requests that read", async () => {
    expect((await app.request("/devices", { method: "POST" })).status).toBe(404);
  });

  it("explains what to do when it was not built", async () => {
    const bare = new Hono<ServerEnv>().notFound(
      createStaticFiles(path.join(outside, "none"), { isHttps: false }),
    );
    const answer = await bare.request("/");
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining("npm start")]);
  });
});
