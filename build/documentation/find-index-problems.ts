import { globSync, readFileSync } from "node:fs";
import path from "node:path";

const FOLDER = "docs/decisions";

/** Every record of a decision has a row in the index that links to it and shows its title. */
export function findIndexProblems(root: string): string[] {
  const records = globSync("[0-9]*.md", { cwd: path.join(root, FOLDER) }).toSorted();
  if (records.length === 0) return [`${FOLDER} has no record.`];
  const rows = readFileSync(path.join(root, FOLDER, "README.md"), "utf8").split(/\r?\n/);
  return records.flatMap((record) => {
    const row = rows.find((line) => line.includes(`](${record})`));
    if (row === undefined) return [`${FOLDER}/README.md: ${record} is not in the index.`];
    const [heading = ""] = readFileSync(path.join(root, FOLDER, record), "utf8").split(/\r?\n/, 1);
    const title = heading.replace(/^# /, "");
    const shown = row.split("|").map((cell) => cell.trim());
    return shown.includes(title)
      ? []
      : [`${FOLDER}/README.md: the row of ${record} does not show its title, "${title}".`];
  });
}
