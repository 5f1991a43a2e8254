import path from "node:path";
import { APPLICATION_ID, APPLICATION_NAME, LINUX_NAME } from "@muster/shared/design/application.ts";
import { LANGUAGE_CODES } from "@muster/shared/i18n/languages.ts";
import type { Configuration } from "electron-builder";
import agentPackage from "../../desktop-agent/package.json" with { type: "json" };
import type { AppIcons } from "../icons/make-icons.ts";
import { trimInfoPlist } from "./mac/trim-info-plist.ts";

export type PackageOptions = {
  /** The staged application. */
  app: string;
  icons: AppIcons;
  /** Where packages and unpacked trees go. */
  output: string;
  /** Folder of the unpacked Electron; without it electron-builder downloads it. */
  electron?: string;
  /** Signing identity on macOS: a name in the keychain, or null for the best one there. Ad hoc unless given. */
  macIdentity?: string | null;
};

/** The same on every system; see docs/decisions/0085-packages-electron-fuses.md. */
export const FUSES = {
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableCookieEncryption: true,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
} as const;

/** Electron's own texts in the languages of the tray. */
const LANGUAGES = LANGUAGE_CODES.map((code) => (code === "en" ? "en-US" : code));
export const SUMMARY = "Shows the health of this machine, and what its IT does on it";

/** The configuration of electron-builder for all three systems. */
export function describePackages(options: PackageOptions): Configuration {
  const own = (...parts: string[]) => path.join(import.meta.dirname, ...parts);
  return {
    appId: APPLICATION_ID,
    productName: APPLICATION_NAME,
    copyright: "Muster, Apache-2.0",
    electronVersion: agentPackage.devDependencies.electron,
    ...(options.electron !== undefined && { electronDist: options.electron }),
    directories: { app: options.app, output: options.output, buildResources: own("resources") },
    files: ["**/*"],
    asar: true,
    electronFuses: FUSES,
    electronLanguages: LANGUAGES,
    toolsets: { appimage: "1.0.3" },
    publish: null,
    // The bundles are complete: there are no packages to collect, install or rebuild.
    beforeBuild: async () => false,
    afterPack: trimInfoPlist,
    artifactName: "${name}-${version}-${os}-${arch}.${ext}",
    mac: {
      ...describeMac(options.macIdentity === undefined ? "-" : options.macIdentity, own),
      icon: options.icons.mac,
    },
    dmg: { writeUpdateInfo: false },
    win: {
      target: ["nsis"],
      icon: options.icons.windows,
      requestedExecutionLevel: "asInvoker",
    },
    nsis: {
      oneClick: false,
      perMachine: false,
      selectPerMachineByDefault: true,
      createDesktopShortcut: false,
      shortcutName: APPLICATION_NAME,
      uninstallDisplayName: APPLICATION_NAME,
      include: own("windows", "installer.nsh"),
      differentialPackage: false,
    },
    linux: {
      target: ["AppImage"],
      icon: options.icons.linux,
      executableName: LINUX_NAME,
      syncDesktopName: true,
      category: "System;Monitor",
      desktop: { entry: { StartupNotify: "false" } },
      synopsis: SUMMARY,
      description: SUMMARY,
    },
    // Debian's package is made by build/desktop/deb, from the same tree.
    rpm: { depends: ["gtk3", "nss", "libnotify", "at-spi2-core", "xdg-utils"] },
  };
}

function describeMac(identity: string | null, own: (...parts: string[]) => string): Configuration["mac"] {
  const isAdHoc = identity === "-";
  const entitlements = own("mac", isAdHoc ? "entitlements-ad-hoc.plist" : "entitlements.plist");
  return {
    target: ["dmg", "zip"],
    category: "public.app-category.utilities",
    extendInfo: { LSUIElement: true },
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements,
    entitlementsInherit: entitlements,
    ...(identity !== null && { identity }),
    ...(isAdHoc && { notarize: false }),
  };
}
