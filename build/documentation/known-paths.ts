import { readdirSync } from "node:fs";
import path from "node:path";

/** The files and folders of a clone, and how to look one up by what a document says of it. */
export type KnownPaths = {
  topFolders: ReadonlySet<string>;
  /** Whether the clone has exactly this path. */
  has: (file: string) => boolean;
  /** Whether it is in a folder that Git ignores, so that nobody can tell whether it should exist. */
  isIgnored: (file: string) => boolean;
  /** Whether some path is this one or ends with it; `*`, `{a,b}`, `<name>`, `NNNN` and `...` stand for any text. */
  matches: (pattern: string) => boolean;
};

/** Folders that Git ignores: their content differs between machines. */
const IGNORED = new Set(["node_modules", "dist", "data", ".git"]);

export function readKnownPaths(root: string): KnownPaths {
  const paths = listPaths(root, "");
  const exact = new Set(paths);
  const endings = new Set(paths.flatMap(listEndings));
  const lines = paths.join("\n");
  const topFolders = new Set(
    paths.filter((known) => known.includes("/")).map((known) => known.split("/", 1)[0] ?? ""),
  );
  return {
    topFolders,
    has: (file) => exact.has(file),
    isIgnored: (file) => IGNORED.has(file.split("/", 1)[0] ?? ""),
    matches: (pattern) => {
      const wanted = pattern.replace(/\/$/, "");
      return endings.has(wanted) || (isPattern(wanted) && toExpression(wanted).test(lines));
    },
  };
}

function listPaths(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !IGNORED.has(name))
    .flatMap((entry) => {
      const file = path.posix.join(folder, entry.name);
      return entry.isDirectory() ? [file, ...listPaths(root, file)] : [file];
    });
}

/** "a/b/c" has the endings "a/b/c", "b/c" and "c". */
function listEndings(file: string): string[] {
  const segments = file.split("/");
  return segments.map((_, index) => segments.slice(index).join("/"));
}

function isPattern(cited: string): boolean {
  return /[*<{]|NNNN|\.\.\./.test(cited);
}

/** One expression over the list of all paths, one on each line. */
function toExpression(pattern: string): RegExp {
  const source = pattern.replaceAll(/\*\*|\.\.\.|\*|<[^>]*>|NNNN|\{[^}]*\}|[^\w/]/g, (part) => {
    if (part === "**" || part === "...") return ".*";
    if (part === "NNNN") return "\\d{4}";
    if (part.startsWith("{")) return `(${part.slice(1, -1).split(",").map(escapeText).join("|")})`;
    return part === "*" || part.startsWith("<") ? "[^/\\n]+" : escapeText(part);
  });
  return new RegExp(`(^|/)${source}$`, "m");
}

/** RegExp.escape needs Node 24. */
function escapeText(text: string): string {
  return text.replaceAll(/[^\w]/g, "\\$&");
}
