import { fileURLToPath } from "node:url";
import { listChecks } from "./checks/list-checks.mjs";
import { runChecks } from "./checks/run-checks.mjs";
import { runTests } from "./checks/run-tests.mjs";
import { prepare } from "./launch/prepare.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

if (await prepare(root, { dev: true })) {
  const checks = await runChecks(root, listChecks(root));
  const tests = await runTests(root, ["unit"]);
  const failed = checks.failed + tests.failed;
  process.stdout.write(`${checks.passed + tests.passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
