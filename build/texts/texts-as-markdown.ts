import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { englishTexts } from "@muster/shared/actions/action-texts.ts";
import { ACTIONS } from "@muster/shared/actions/catalog.ts";
import type { Language } from "@muster/shared/i18n/languages.ts";

const FOLDER = path.join(import.meta.dirname, "..", "..", "shared", "src", "i18n");
/** Collects other files. */
const COLLECTION = "tray-windows.messages.ts";
/** The English texts of actions are in their definitions. */
const CATALOG = "catalog.messages.ts";

/**
 * Every text of dashboard and tray as Markdown, to be reviewed as a whole: a table per file, with a column for English and for each of
 * `languages`.
 */
export async function textsAsMarkdown(languages: readonly Exclude<Language, "en">[]): Promise<string> {
  const names = await readdir(path.join(FOLDER, "en"));
  const files = [...names.filter((name) => name !== COLLECTION), CATALOG].toSorted();
  const tables = await Promise.all(files.map((file) => tableOf(file, ["en", ...languages])));
  return `# Texts\n\n${tables.join("\n\n")}\n`;
}

async function tableOf(file: string, languages: readonly Language[]): Promise<string> {
  const columns = await Promise.all(languages.map((language) => readTexts(file, language)));
  const keys = [...new Set(columns.flatMap((texts) => [...texts.keys()]))];
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    `## ${file}`,
    "",
    await readPurpose(file),
    "",
    row(["key", ...languages]),
    row(["---", ...languages.map(() => "---")]),
    ...keys.map((key) => row([key, ...columns.map((texts) => cellOf(texts.get(key) ?? ""))])),
  ].join("\n");
}

/** A text in a cell of a table. */
function cellOf(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", "<br>");
}

async function readTexts(file: string, language: Language): Promise<Map<string, string>> {
  if (file === CATALOG && language === "en") return flatten(mapActions());
  const exported: Record<string, unknown> = await import(path.join(FOLDER, language, file));
  return flatten(Object.values(exported)[0]);
}

function mapActions(): Record<string, unknown> {
  return Object.fromEntries(Object.values(ACTIONS).map((action) => [action.type, englishTexts(action)]));
}

function flatten(tree: unknown, prefix = ""): Map<string, string> {
  if (typeof tree === "string") return new Map([[prefix, tree]]);
  if (typeof tree !== "object" || tree === null) return new Map();
  const found = Object.entries(tree).flatMap(([key, value]) => [
    ...flatten(value, prefix === "" ? key : `${prefix}.${key}`),
  ]);
  return new Map(found);
}

/** The first comment of the English file, which says on which screens its texts are. */
async function readPurpose(file: string): Promise<string> {
  if (file === CATALOG) return "The actions, their forms and results.";
  const source = await readFile(path.join(FOLDER, "en", file), "utf8");
  return /\/\*\* (.+?) \*\//s.exec(source)?.[1] ?? "";
}
