import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { findStaleValidators } from "./generate-validators.ts";
import { targets } from "./targets.ts";

test("a missing module is stale, and the problem says what to do", async () => {
  const empty = await mkdtemp(path.join(tmpdir(), "muster-validators-"));
  const problems = await findStaleValidators(empty);
  await rm(empty, { recursive: true });
  expect(problems).toHaveLength(2 * targets.length);
  expect(problems[0]).toMatch(/^desktop-agent\/.+ does not match its schemas\. Run "npm run generate"/);
});
