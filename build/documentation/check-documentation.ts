import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Citation, findCitations } from "./find-citations.ts";
import { findIndexProblems } from "./find-index-problems.ts";
import { type KnownPaths, readKnownPaths } from "./known-paths.ts";
import { OUTSIDE_PATHS } from "./outside-paths.ts";

export type DocumentationReport = { citations: number; problems: string[] };

const DOCUMENTS = ["{README,CONTRIBUTING,SECURITY}.md", "docs/**/*.md", "tests/harness/README.md"];

/**
 * Checks that every path which the documents below `root` cite exists, and that the index of decisions is complete. A
 * run without documents is a problem too, and so is an outside path that no document cites any more.
 */
export function checkDocumentation(root: string, outsidePaths = OUTSIDE_PATHS): DocumentationReport {
  const documents = globSync(DOCUMENTS, { cwd: root }).map((file) => file.replaceAll("\\", "/"));
  if (documents.length === 0) return { citations: 0, problems: ["There is no document to check."] };
  const known = readKnownPaths(root);
  const problems: string[] = [];
  const unusedOutside = new Set(outsidePaths);
  let citations = 0;
  for (const document of documents.toSorted()) {
    for (const cited of findCitations(readFileSync(path.join(root, document), "utf8"), known.topFolders)) {
      citations += 1;
      if (exists(document, cited, known)) continue;
      if (cited.kind === "path" && outsidePaths.has(cited.path)) unusedOutside.delete(cited.path);
      else problems.push(`${document}:${cited.line}: ${cited.path} does not exist.`);
    }
  }
  for (const unused of unusedOutside) {
    problems.push(
      `build/documentation/outside-paths.ts: no document cites ${unused}, or the clone has it. Remove the entry.`,
    );
  }
  return { citations, problems: [...problems, ...findIndexProblems(root)] };
}

function exists(document: string, cited: Citation, known: KnownPaths): boolean {
  if (cited.kind === "path") return known.isIgnored(cited.path) || known.matches(cited.path);
  const file = cited.path.replace(/#.*$/, "").replace(/\/$/, "");
  return known.has(path.posix.join(path.posix.dirname(document), file));
}
