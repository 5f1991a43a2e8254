import { execFile, spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiWorld, startApiWorld } from "../harness/api-world.ts";

const root = path.join(import.meta.dirname, "../..");
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

/** The blocks of shell in the documents that begin with curl. Scripts for machines that are installed need a machine of their own. */
const examples = globSync(["README.md", "docs/**/*.md"], { cwd: root }).flatMap((file) =>
  [...readFileSync(path.join(root, file), "utf8").matchAll(/^```sh\n([\s\S]*?)^```/gm)]
    .map(([, script = ""]) => ({ file, script }))
    .filter(({ script }) => script.startsWith("curl ")),
);

let world: ApiWorld;
beforeAll(async () => {
  world = await startApiWorld(["web-103"]);
});
afterAll(() => world.remove());

test("finds the examples", () => expect(examples.length).toBeGreaterThanOrEqual(5));

test.skipIf(!hasCurl).each(examples)("$file: $script", async ({ script }) => {
  const { stdout } = await promisify(execFile)("sh", ["-eu", "-c", script], {
    env: {
      ...process.env,
      MUSTER_URL: world.url,
      MUSTER_API_KEY: world.key,
      DEVICE_ID: world.deviceIds[0],
    },
  });
  expect(JSON.parse(stdout)).not.toHaveProperty("error");
});
