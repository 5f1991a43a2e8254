import { fileURLToPath } from "node:url";
import { listChecks } from "./checks/list-checks.mjs";
import { runChecks } from "./checks/run-checks.mjs";
import { runTests } from "./checks/run-tests.mjs";
import { buildDashboard } from "./launch/build-dashboard.mjs";
import { prepare } from "./launch/prepare.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const projects = ["unit", "cases", "contract", "integration", "faults", "security", "e2e", "packages"];

if (await prepare(root, { dev: true })) {
  const checks = await runChecks(root, listChecks(root));
  const isBuilt = buildDashboard(root);
  const tests = await runTests(root, projects);
  const failed = checks.failed + tests.failed + (isBuilt ? 0 : 1);
  process.stdout.write(`${checks.passed + tests.passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
