import path from "node:path";
import { findStaleApiFiles, writeApiFiles } from "./generate-api-files.ts";

const root = path.join(import.meta.dirname, "..", "..");

if (process.argv.includes("--check")) {
  const problems = await findStaleApiFiles(root);
  for (const problem of problems) console.error(problem);
  console.log(`${problems.length} generated files of the API are stale`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} else {
  for (const file of await writeApiFiles(root)) console.log(file);
}
