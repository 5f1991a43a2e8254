export type LockEntry = {
  version?: string;
  optionalDependencies?: Record<string, string>;
  [other: string]: unknown;
};
export type Lock = { packages: Record<string, LockEntry>; [other: string]: unknown };

const systems = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const processors = ["arm64", "arm", "ia32", "ppc64", "riscv64", "s390x", "x64"];
const libraries = { gnu: "glibc", musl: "musl" };

/**
 * Optional packages for other systems that package-lock.json names without an entry. `npm install` leaves them out
 * where the registry does not serve them, and `npm ci` then rejects the whole file, on every system.
 * @returns the entries to add, by path; without integrity, which needs the package itself
 */
export function findMissingPlatforms(lock: Lock): Record<string, LockEntry> {
  const missing: Record<string, LockEntry> = {};
  for (const [location, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const candidates = [`${location}/node_modules/${name}`, `node_modules/${name}`];
      if (candidates.some((candidate) => candidate in lock.packages)) continue;
      missing[`node_modules/${name}`] = describe(name, version, entry["dev"] === true);
    }
  }
  return missing;
}

function describe(name: string, version: string, isDev: boolean): LockEntry {
  const parts = name.split(/[-/]/);
  const library = Object.entries(libraries).find(([suffix]) => parts.includes(suffix))?.[1];
  return {
    version,
    cpu: processors.filter((processor) => parts.includes(processor)),
    ...(isDev && { dev: true }),
    ...(library !== undefined && parts.includes("linux") && { libc: [library] }),
    optional: true,
    os: systems.filter((system) => parts.includes(system)),
  };
}
