import path from "node:path";
import { APPLICATION_ID, APPLICATION_NAME, LINUX_NAME } from "@muster/shared/design/application.ts";
import type { Configuration } from "electron-builder";
import agentPackage from "../../desktop-agent/package.json" with { type: "json" };
import type { AppIcons } from "../icons/make-icons.ts";
import { trimInfoPlist } from "./mac/trim-info-plist.ts";

export type PackageWish = {
  /** The staged application. */
  app: string;
  icons: AppIcons;
  /** Where packages and unpacked trees go. */
  output: string;
  /** Where Electron lies unpacked; without it electron-builder downloads it. */
  electron?: string;
  /** What signs on macOS: a name in the keychain, or null for the best one there. Ad hoc unless given. */
  macIdentity?: string | null;
};

/** What the program of every system is built with; see docs/decisions/0085-packages-electron-fuses.md. */
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

/** Electron's own texts in the five languages of the tray. */
const LANGUAGES = ["en-US", "fr", "es", "ru", "de"];
export const SUMMARY = "Shows how this machine is, and what its IT does on it";

/** What electron-builder is told, for all three systems. */
export function describePackages(wish: PackageWish): Configuration {
  const own = (...place: string[]) => path.join(import.meta.dirname, ...place);
  return {
    appId: APPLICATION_ID,
    productName: APPLICATION_NAME,
    copyright: "Muster, Apache-2.0",
    electronVersion: agentPackage.devDependencies.electron,
    ...(wish.electron !== undefined && { electronDist: wish.electron }),
    directories: { app: wish.app, output: wish.output, buildResources: own("resources") },
    files: ["**/*"],
    asar: true,
    electronFuses: FUSES,
    electronLanguages: LANGUAGES,
    toolsets: { appimage: "1.0.3" },
    publish: null,
    // The bundles hold all they need: there are no packages to collect, to install or to rebuild.
    beforeBuild: async () => false,
    afterPack: trimInfoPlist,
    artifactName: "${name}-${version}-${os}-${arch}.${ext}",
    mac: {
      ...describeMac(wish.macIdentity === undefined ? "-" : wish.macIdentity, own),
      icon: wish.icons.mac,
    },
    dmg: { writeUpdateInfo: false },
    win: {
      target: ["nsis"],
      icon: wish.icons.windows,
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
      icon: wish.icons.linux,
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

function describeMac(identity: string | null, own: (...place: string[]) => string): Configuration["mac"] {
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
