import { APPLICATION_ID, APPLICATION_NAME, LINUX_NAME } from "@muster/shared/design/application.ts";
import { LANGUAGE_CODES } from "@muster/shared/i18n/languages.ts";
import agentPackage from "../../../desktop-agent/package.json" with { type: "json" };
import { FUSES } from "../describe-packages.ts";
import { MAIN_FILE } from "../write-manifest.ts";
import type { PackageFacts } from "./read-package.ts";

/** Finds a library or a font that was packed by mistake; Electron itself is a hundred times larger. */
const MAX_ARCHIVE_BYTES = 6e6;
const NEEDED = [
  "package.json",
  MAIN_FILE,
  "preload.cjs",
  "probe.cjs",
  "LICENSES.txt",
  "renderer/files.json",
  "renderer/status.html",
];
const PACKED_KINDS = /\.(js|cjs|html|css|json|png|ico|svg|woff2|txt)$/;
const UNWANTED = /(^|\/)(node_modules|src|tests?)\/|\.test\.|\.map$/;
const LANGUAGES: ReadonlySet<string> = new Set([...LANGUAGE_CODES, "en-US", "es-419"]);

/** The problems of a package as texts; a package without problems may be shipped. */
export function findProblems(facts: PackageFacts): string[] {
  return [
    ...findWrongFiles(facts),
    ...findWrongManifest(facts),
    ...findWrongFuses(facts),
    ...facts.besideArchive.map((name) => `${name} is beside the archive`),
    ...facts.notifiers,
    ...facts.languages
      .filter((name) => !LANGUAGES.has(name))
      .map((name) => `Chromium's texts in ${name} are not needed`),
    ...findWrongMetadata(facts),
  ];
}

function findWrongFiles({ files, archiveBytes }: PackageFacts): string[] {
  const paths = files.map(({ path }) => path);
  const problems = files.flatMap(({ path, isProgram }) => {
    if (isProgram) return [`${path} is a program`];
    return UNWANTED.test(path) || !PACKED_KINDS.test(path) ? [`${path} does not belong in a package`] : [];
  });
  const missing = NEEDED.filter((path) => !paths.includes(path));
  problems.push(...missing.map((path) => `${path} is missing`));
  if (!paths.some((path) => path.startsWith("icons/"))) problems.push("the icons are missing");
  if (archiveBytes > MAX_ARCHIVE_BYTES) problems.push(`app.asar has ${archiveBytes} bytes`);
  return problems;
}

function findWrongManifest({ manifest }: PackageFacts): string[] {
  const unwanted = ["dependencies", "devDependencies", "scripts", "workspaces"];
  return [
    ...unwanted.filter((key) => key in manifest).map((key) => `package.json has ${key}`),
    ...differences("package.json", manifest, {
      version: agentPackage.version,
      productName: APPLICATION_NAME,
      main: MAIN_FILE,
      desktopName: `${LINUX_NAME}.desktop`,
    }),
  ];
}

function findWrongFuses({ fuses }: PackageFacts): string[] {
  const named = Object.entries(FUSES).map(([fuse, isOn]) => [
    `${fuse[0]?.toUpperCase()}${fuse.slice(1)}`,
    isOn,
  ]);
  return differences("fuses", fuses, Object.fromEntries(named));
}

function findWrongMetadata({ own, headerSum }: PackageFacts): string[] {
  switch (own.system) {
    case "linux":
      return differences("desktop entry", readEntry(own.desktopEntry), {
        Name: APPLICATION_NAME,
        Type: "Application",
        Terminal: "false",
        Icon: LINUX_NAME,
        StartupWMClass: LINUX_NAME,
        Categories: "System;Monitor;",
      });
    case "windows":
      return [
        ...differences("version information", own.strings, {
          ProductName: APPLICATION_NAME,
          FileDescription: APPLICATION_NAME,
          CompanyName: APPLICATION_NAME,
          FileVersion: agentPackage.version,
          ProductVersion: `${agentPackage.version}.0`,
        }),
        ...(own.asarSum === headerSum ? [] : ["the program does not have the checksum of app.asar"]),
        ...(own.icons > 0 ? [] : ["the program has no icon"]),
      ];
    case "mac":
      return [
        ...differences("Info.plist", own.info, {
          CFBundleIdentifier: APPLICATION_ID,
          CFBundleName: APPLICATION_NAME,
          CFBundleExecutable: APPLICATION_NAME,
          CFBundleShortVersionString: agentPackage.version,
          CFBundleVersion: agentPackage.version,
          LSUIElement: true,
          NSAppTransportSecurity: undefined,
          ElectronAsarIntegrity: { "Resources/app.asar": { algorithm: "SHA256", hash: headerSum } },
        }),
        ...Object.keys(own.info)
          .filter((key) => key.endsWith("UsageDescription"))
          .map((key) => `Info.plist asks for ${key}`),
        ...(own.helpers.length === 4 ? [] : [`${own.helpers.length} helpers instead of 4`]),
      ];
  }
}

function readEntry(text: string): Record<string, string> {
  const pairs = text.split("\n").flatMap((line) => {
    const [, key, value] = /^(\w[\w-]*)=(.*)$/.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [[key, value]];
  });
  return Object.fromEntries(pairs);
}

function differences(
  where: string,
  found: Record<string, unknown>,
  wanted: Record<string, unknown>,
): string[] {
  return Object.entries(wanted).flatMap(([key, value]) => {
    const [is, should] = [JSON.stringify(found[key]), JSON.stringify(value)];
    return is === should ? [] : [`${where}: ${key} is ${is}, not ${should}`];
  });
}
