import { Arch, build, Platform } from "electron-builder";
import type { SystemName } from "../icons/icon-names.ts";
import { describePackages, type PackageOptions } from "./describe-packages.ts";

const PLATFORMS = { linux: Platform.LINUX, windows: Platform.WINDOWS, mac: Platform.MAC };

export type BuildOptions = PackageOptions & {
  root: string;
  system: SystemName;
  /** electron-builder's names; those of the configuration unless given, `dir` for the unpacked tree only. */
  targets?: readonly string[];
  architectures?: readonly ("x64" | "arm64")[];
  /** Receives the options that electron-builder computed for a target; the target is then not built. */
  onTarget?: (computed: unknown) => void;
};

/** Builds packages with electron-builder. @returns the files made */
export async function buildPackages(options: BuildOptions): Promise<string[]> {
  const { root, system, targets = [], architectures = ["x64"], onTarget } = options;
  const arches = architectures.map((name) => Arch[name]);
  return build({
    projectDir: root,
    targets: PLATFORMS[system].createTarget([...targets], ...arches),
    config: describePackages(options),
    publish: "never",
    ...(onTarget && {
      effectiveOptionComputed: async (computed: unknown) => {
        onTarget(computed);
        return true;
      },
    }),
  });
}
