import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startLauncher } from "../harness/launcher-process.ts";
import { makeDataFolder, startServerProcess } from "../harness/server-process.ts";

let dataDir: string;
let remove: () => Promise<void>;

beforeEach(async () => {
  ({ dataDir, remove } = await makeDataFolder());
});
afterEach(() => remove());

/** What `npm start` says on standard error before it ends with 1. */
async function refusal(environment: Record<string, string>): Promise<string> {
  const launcher = startLauncher({ MUSTER_PORT: "0", MUSTER_DATA_DIR: dataDir, ...environment });
  expect(await launcher.exited).toBe(1);
  expect(launcher.stdout()).not.toContain("Muster is ready");
  return launcher.stderr().trimEnd();
}

// What the dashboard needs may be built by the first of these.
describe("npm start reports in one line why it cannot start, and ends with 1:", { timeout: 120_000 }, () => {
  it("the port is in use", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    const said = await refusal({ MUSTER_PORT: String(port) });
    other.close();
    expect(said).toMatch(new RegExp(`^Port ${port} .* is in use: .*MUSTER_PORT.*$`));
  });

  it("the data folder cannot be created", async () => {
    const file = path.join(dataDir, "a-file");
    await writeFile(file, "");
    expect(await refusal({ MUSTER_DATA_DIR: path.join(file, "data") })).toMatch(
      /^The data folder .*MUSTER_DATA_DIR.*$/,
    );
  });

  it.runIf(process.platform === "linux")("the path of the data folder cannot be a folder", async () => {
    expect(await refusal({ MUSTER_DATA_DIR: "/proc/nope/data" })).toMatch(
      /^The data folder .*MUSTER_DATA_DIR.*$/,
    );
  });

  it("the master key is a different one", async () => {
    const first = startServerProcess({ MUSTER_PORT: "0", MUSTER_DATA_DIR: dataDir });
    await first.ready;
    first.process.kill("SIGTERM");
    await first.exited;
    await writeFile(path.join(dataDir, "master.key"), Buffer.alloc(32, 1).toString("hex"));
    expect(await refusal({})).toMatch(/^The master key in .* is not the key.*$/);
  });

  it("a setting is invalid, without its value", async () => {
    const said = await refusal({ MUSTER_PORT: "eighty-secret" });
    expect(said).toMatch(/^MUSTER_PORT .* must be a whole number.*$/);
    expect(said).not.toContain("secret");
  });
});
