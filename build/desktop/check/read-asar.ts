import { createHash } from "node:crypto";
import { extractFile, getRawHeader, listPackage, statFile } from "@electron/asar";

export type PackedFile = {
  /** Relative, with `/`. */
  path: string;
  sizeBytes: number;
  /** Whether its first bytes are those of a program or a library of any system. */
  isProgram: boolean;
};

export type AsarFacts = {
  files: PackedFile[];
  manifest: Record<string, unknown>;
  /** SHA-256 in hex of the header, which has the checksums of all files. Electron compares it at start. */
  headerSum: string;
};

/** ELF, PE, and Mach-O in both byte orders, for one processor and for several. */
const PROGRAM_STARTS = ["7f454c46", "4d5a", "feedface", "feedfacf", "cefaedfe", "cffaedfe", "cafebabe"];

/** Reads the content of an application's archive. */
export function readAsar(archive: string): AsarFacts {
  const paths = listPackage(archive, { isPack: false }).map((path) =>
    path.replaceAll("\\", "/").replace(/^\//, ""),
  );
  const files = paths.flatMap((path) => {
    const entry = statFile(archive, path);
    if (!("size" in entry)) return [];
    const start = extractFile(archive, path).toString("hex", 0, 4);
    const isProgram = PROGRAM_STARTS.some((program) => start.startsWith(program));
    return [{ path, sizeBytes: entry.size, isProgram }];
  });
  const headerSum = createHash("sha256").update(getRawHeader(archive).headerString).digest("hex");
  return { files, manifest: readManifest(archive), headerSum };
}

function readManifest(archive: string): Record<string, unknown> {
  const manifest: unknown = JSON.parse(extractFile(archive, "package.json").toString());
  return Object.fromEntries(Object.entries(manifest ?? {}));
}
