import { APPLICATION_ID, APPLICATION_NAME, LINUX_NAME } from "@muster/shared/design/application.ts";
import agentPackage from "../../../desktop-agent/package.json" with { type: "json" };
import { FUSES } from "../describe-packages.ts";
import { MAIN_FILE } from "../write-manifest.ts";
import type { PackageFacts } from "./read-package.ts";

/** Electron itself takes a hundred times as much; this is for a library or a font that nobody meant to pack. */
const LARGEST_ARCHIVE_BYTES = 6e6;
const NEEDED = ["package.json", MAIN_FILE, "preload.cjs", "renderer/files.json", "renderer/status.html"];
const PACKED_KINDS = /\.(js|cjs|html|css|json|png|ico|svg|woff2|txt)$/;
const UNWANTED = /(^|\/)(node_modules|src|tests?)\/|\.test\.|\.map$/;
const LANGUAGES = /^(de|en|en-US|es|es-419|fr|ru)$/;

/** What is wrong with a package, in words; an empty list is what may be shipped. */
export function findProblems(facts: PackageFacts): string[] {
  return [
    ...findWrongFiles(facts),
    ...findWrongManifest(facts),
    ...findWrongFuses(facts),
    ...facts.besideArchive.map((name) => `${name} lies beside the archive`),
    ...facts.languages.filter((name) => !LANGUAGES.test(name)).map((name) => `texts of Chromium in ${name}`),
    ...findWrongOwn(facts),
  ];
}

function findWrongFiles({ files, archiveBytes }: PackageFacts): string[] {
  const places = files.map(({ place }) => place);
  const problems = files.flatMap(({ place, isProgram }) => {
    if (isProgram) return [`${place} is a program`];
    return UNWANTED.test(place) || !PACKED_KINDS.test(place)
      ? [`${place} does not belong into a package`]
      : [];
  });
  const missing = NEEDED.filter((place) => !places.includes(place));
  problems.push(...missing.map((place) => `${place} is missing`));
  if (!places.some((place) => place.startsWith("icons/"))) problems.push("the icons are missing");
  if (archiveBytes > LARGEST_ARCHIVE_BYTES) problems.push(`app.asar has ${archiveBytes} bytes`);
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

function findWrongOwn({ own, headerSum }: PackageFacts): string[] {
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
        ...(own.asarSum === headerSum ? [] : ["the program does not know the sum of app.asar"]),
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
