import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WINDOW_NAMES } from "../ipc-contract.ts";
import { createWindowFiles, pageUrl } from "./window-files.ts";

let folder: string;
let answer: (url: string) => Promise<Response>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "muster-windows-"));
  const pages = WINDOW_NAMES.map((name) => `${name}.html`);
  for (const page of pages) await writeFile(path.join(folder, page), `<title>${page}</title>`);
  await writeFile(path.join(folder, "unlisted.js"), "alert(1)");
  await writeFile(path.join(folder, "odd.exe"), "MZ");
  await writeFile(path.join(folder, "files.json"), JSON.stringify([...pages, "odd.exe"]));
  answer = await createWindowFiles(folder);
});
afterAll(() => rm(folder, { recursive: true }));

describe("the files of windows", () => {
  it("are served with a policy that lets them load only from there, and connect to nothing", async () => {
    const response = await answer(pageUrl("status"));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("<title>status.html</title>");
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:|connect-src/);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it.each([
    "muster-tray://windows/unlisted.js",
    "muster-tray://windows/../unlisted.js",
    "muster-tray://windows/%2e%2e/etc/passwd",
    "muster-tray://windows/status.html?x=1",
    "muster-tray://windows/files.json",
    "muster-tray://windows/odd.exe",
    "muster-tray://windows/",
    "muster-tray://elsewhere/status.html",
    "file:///etc/passwd",
    "muster-tray://windows/__proto__",
  ])("do not include %s", async (url) => {
    expect((await answer(url)).status).toBe(404);
  });

  it("must have a page for every window", async () => {
    await writeFile(path.join(folder, "files.json"), '["status.html"]');
    await expect(createWindowFiles(folder)).rejects.toThrow("of these windows: log, messages");
  });
});
