import { fileURLToPath } from "node:url";
import { runTests } from "./checks/run-tests.mjs";
import { prepare } from "./launch/prepare.mjs";

/** The exit code of a suite that cannot run on this machine, as automake and others use it. */
const SKIPPED = 77;

const root = fileURLToPath(new URL("..", import.meta.url));
const [suite = ""] = process.argv.slice(2);
const { findObstacle } = await import(new URL(`./suites/${suite}.mjs`, import.meta.url).href);
const obstacle = findObstacle();

if (obstacle !== null) {
  process.stdout.write(`Skipped: ${obstacle}\n`);
  process.exitCode = SKIPPED;
} else if (await prepare(root, { dev: true })) {
  const { passed, failed } = await runTests(root, [suite]);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
