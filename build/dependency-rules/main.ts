import path from "node:path";
import { checkDependencies } from "./check-dependencies.ts";

const { modules, problems } = await checkDependencies(path.join(import.meta.dirname, "..", ".."));
for (const problem of problems) console.error(problem);
console.log(`${modules} modules read, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
