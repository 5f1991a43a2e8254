import { Arch, build, Platform } from "electron-builder";
import type { SystemName } from "../icons/icon-names.ts";
import { describePackages, type PackageWish } from "./describe-packages.ts";

const PLATFORMS = { linux: Platform.LINUX, windows: Platform.WINDOWS, mac: Platform.MAC };

export type BuildWish = PackageWish & {
  root: string;
  system: SystemName;
  /** electron-builder's names; those of the configuration unless given, `dir` for the unpacked tree alone. */
  targets?: readonly string[];
  architectures?: readonly ("x64" | "arm64")[];
  /** Gets what electron-builder computed for a target, which is then not made. */
  onTarget?: (computed: unknown) => void;
};

/** Builds packages with electron-builder. @returns the files made */
export async function buildPackages(wish: BuildWish): Promise<string[]> {
  const { root, system, targets = [], architectures = ["x64"], onTarget } = wish;
  const arches = architectures.map((name) => Arch[name]);
  return build({
    projectDir: root,
    targets: PLATFORMS[system].createTarget([...targets], ...arches),
    config: describePackages(wish),
    publish: "never",
    ...(onTarget && {
      effectiveOptionComputed: async (computed: unknown) => {
        onTarget(computed);
        return true;
      },
    }),
  });
}
