/** A path that a document names. A link is relative to its document, a path in backticks to any folder. */
export type Citation = { line: number; kind: "link" | "path"; path: string };

const EXTENSIONS =
  /\.(ts|tsx|mjs|cjs|js|css|html|svg|png|md|json|jsonl|ya?ml|toml|sh|ps1|cmd|nsh|plist|service|conf|key|log|lock|db)$/;
const PATH = /^[\w.<>*{},-]+(\/[\w.<>*{},-]+)*\/?$/;
const MEDIA_TYPE = /^(text|application|image|font)\/[\w.+-]+$/;
const LINK = /\[[^\]]*\]\(([^)\s]+)\)/g;
const CODE_SPAN = /`([^`]+)`/g;

/**
 * Lists the paths that a Markdown text names: link targets and, in backticks, every word with a slash or a known
 * extension. In a fenced block only words that begin with one of `topFolders` count, as such blocks also show diagrams
 * and files of the reader's own.
 */
export function findCitations(markdown: string, topFolders: ReadonlySet<string>): Citation[] {
  const citations: Citation[] = [];
  let isFenced = false;
  for (const [index, text] of markdown.split(/\r?\n/).entries()) {
    const add = (kind: Citation["kind"], path: string) => citations.push({ line: index + 1, kind, path });
    if (text.trimStart().startsWith("```")) {
      isFenced = !isFenced;
    } else if (isFenced) {
      for (const path of findPaths(text)) if (topFolders.has(path.split("/", 1)[0] ?? "")) add("path", path);
    } else {
      for (const [, target = ""] of text.matchAll(LINK)) if (isLocal(target)) add("link", target);
      for (const [, span = ""] of text.matchAll(CODE_SPAN)) {
        if (!isOfTheSystem(span)) for (const path of findPaths(span)) add("path", path);
      }
    }
  }
  return citations;
}

function isLocal(target: string): boolean {
  return !target.startsWith("#") && !/^[a-z]+:/.test(target);
}

/** Paths of the machine, such as `~/Library/Application Support/Muster`, may hold spaces. */
function isOfTheSystem(span: string): boolean {
  return /^[/~%]/.test(span);
}

/** A placeholder may hold a space, as in `<device name>.ts`. */
function findPaths(code: string): string[] {
  const words = code.replaceAll(/<[^<>]*>/g, (placeholder) => placeholder.replaceAll(" ", "-")).split(/\s+/);
  return words.map((word) => word.replace(/^\.\//, "").replace(/[,;]$/, "")).filter(isPath);
}

function isPath(word: string): boolean {
  if (!PATH.test(word) || word.startsWith("-") || MEDIA_TYPE.test(word)) return false;
  return word.includes("/") || (EXTENSIONS.test(word) && !word.startsWith("."));
}
