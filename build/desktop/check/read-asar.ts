import { createHash } from "node:crypto";
import { extractFile, getRawHeader, listPackage, statFile } from "@electron/asar";

export type PackedFile = {
  /** Relative, with `/`. */
  place: string;
  sizeBytes: number;
  /** Whether it starts like a program or a library of any of the three systems. */
  isProgram: boolean;
};

export type AsarFacts = {
  files: PackedFile[];
  manifest: Record<string, unknown>;
  /** SHA-256 in hex of the header, which holds the sums of all files: what Electron compares at start. */
  headerSum: string;
};

/** ELF, PE, and Mach-O in both byte orders, for one processor and for several. */
const PROGRAM_STARTS = ["7f454c46", "4d5a", "feedface", "feedfacf", "cefaedfe", "cffaedfe", "cafebabe"];

/** What an archive of an application holds. */
export function readAsar(archive: string): AsarFacts {
  const places = listPackage(archive, { isPack: false }).map((place) =>
    place.replaceAll("\\", "/").replace(/^\//, ""),
  );
  const files = places.flatMap((place) => {
    const entry = statFile(archive, place);
    if (!("size" in entry)) return [];
    const start = extractFile(archive, place).toString("hex", 0, 4);
    const isProgram = PROGRAM_STARTS.some((program) => start.startsWith(program));
    return [{ place, sizeBytes: entry.size, isProgram }];
  });
  const headerSum = createHash("sha256").update(getRawHeader(archive).headerString).digest("hex");
  return { files, manifest: readManifest(archive), headerSum };
}

function readManifest(archive: string): Record<string, unknown> {
  const manifest: unknown = JSON.parse(extractFile(archive, "package.json").toString());
  return Object.fromEntries(Object.entries(manifest ?? {}));
}
