import path from "node:path";
import { findProgram } from "./find-program.mjs";

const typescriptProjects = [
  "tsconfig.json",
  "shared",
  "server/dashboard",
  "server/dashboard/tsconfig.test.json",
  "desktop-agent/src/electron/renderer",
];

/**
 * @typedef {{ name: string, commands: string[][] }} Check each command is a script for this Node and its arguments
 */

/**
 * The fixed checks over all files; they need neither a database nor a browser.
 * @param {string} root the clone
 * @returns {Check[]}
 */
export function listChecks(root) {
  const tsc = findProgram(root, "@typescript/native", "tsc");
  return [
    { name: "format", commands: [[findProgram(root, "@biomejs/biome", "biome"), "format"]] },
    { name: "lint", commands: [[findProgram(root, "oxlint")]] },
    { name: "types", commands: typescriptProjects.map((project) => [tsc, "-p", project]) },
    { name: "dependencies", commands: [[path.join(root, "build", "dependency-rules", "main.ts")]] },
    { name: "validators", commands: [[path.join(root, "build", "validators", "main.ts"), "--check"]] },
    { name: "api", commands: [[path.join(root, "build", "api-document", "main.ts"), "--check"]] },
    { name: "documents", commands: [[path.join(root, "build", "documentation", "main.ts")]] },
    { name: "dead code", commands: [[findProgram(root, "knip")]] },
  ];
}
