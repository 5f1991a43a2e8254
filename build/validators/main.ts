import path from "node:path";
import { findStaleValidators, writeValidators } from "./generate-validators.ts";

const root = path.join(import.meta.dirname, "..", "..");

if (process.argv.includes("--check")) {
  const problems = await findStaleValidators(root);
  for (const problem of problems) console.error(problem);
  console.log(`${problems.length} generated files are stale`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} else {
  for (const file of await writeValidators(root)) console.log(file);
}
