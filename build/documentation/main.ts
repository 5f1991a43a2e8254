import path from "node:path";
import { checkDocumentation } from "./check-documentation.ts";

const { citations, problems } = checkDocumentation(path.join(import.meta.dirname, "..", ".."));
for (const problem of problems) console.error(problem);
console.log(`${citations} cited paths read, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
