import { readFile } from "node:fs/promises";
import { NtExecutable, NtExecutableResource, Resource } from "resedit";

export type WindowsProgramFacts = {
  /** The version information that Explorer and the task manager show. */
  strings: Record<string, string>;
  /** The checksum of app.asar's header that Electron compares; null when there is none. */
  asarSum: string | null;
  icons: number;
};

/** Reads the metadata of a Windows program. */
export async function readWindowsProgram(file: string): Promise<WindowsProgramFacts> {
  const { entries } = NtExecutableResource.from(NtExecutable.from(await readFile(file)));
  const [version] = Resource.VersionInfo.fromEntries(entries);
  const [language] = version?.getAllLanguagesForStringValues() ?? [];
  return {
    strings: version && language ? version.getStringValues(language) : {},
    asarSum: readAsarSum(entries.find(({ type }) => type === "INTEGRITY")?.bin),
    icons: Resource.IconGroupEntry.fromEntries(entries).flatMap(({ icons }) => icons).length,
  };
}

function readAsarSum(resource: ArrayBuffer | undefined): string | null {
  if (!resource) return null;
  const list: { file: string; alg: string; value: string }[] = JSON.parse(Buffer.from(resource).toString());
  const entry = list.find(({ file, alg }) => file === "resources\\app.asar" && alg === "SHA256");
  return entry?.value ?? null;
}
