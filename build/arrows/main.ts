import path from "node:path";
import { checkArrows } from "./check-arrows.ts";

const { modules, problems } = await checkArrows(path.join(import.meta.dirname, "..", ".."));
for (const problem of problems) console.error(problem);
console.log(`${modules} modules read, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
