import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export type DocumentedClone = {
  root: string;
  write: (file: string, content: string) => void;
  remove: () => void;
};

/** A clone whose documents are in order: one source file, one record of a decision and its row in the index. */
export function createDocumentedClone(): DocumentedClone {
  const root = mkdtempSync(path.join(tmpdir(), "muster-documentation-"));
  const write = (file: string, content: string) => {
    mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(root, file), content);
  };
  write("server/src/fleet/presence/watch.ts", "export const watch = 1;");
  write("docs/decisions/0001-node.md", "# Node comes from npm\n");
  write("docs/decisions/README.md", "| [0001](0001-node.md) | Node comes from npm | that |\n");
  return { root, write, remove: () => rmSync(root, { recursive: true, force: true }) };
}
