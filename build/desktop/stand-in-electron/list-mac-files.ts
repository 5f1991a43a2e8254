import plist from "plist";
import { fuseWire } from "./fuse-wire.ts";

const BUNDLE = "Electron.app/Contents";
const FRAMEWORK = `${BUNDLE}/Frameworks/Electron Framework.framework`;
const VERSION = `${FRAMEWORK}/Versions/A`;
const HELPERS = ["Helper", "Helper (GPU)", "Helper (Plugin)", "Helper (Renderer)"];

/** The bundle of Electron on macOS: the fuses are in its framework. */
export function listMacFiles(locales: readonly string[]): Record<string, string | Buffer> {
  const program = Buffer.from("program\n");
  const helpers = HELPERS.flatMap((helper) => {
    const contents = `${BUNDLE}/Frameworks/Electron ${helper}.app/Contents`;
    return [
      [`${contents}/Info.plist`, describe(`Electron ${helper}`)],
      [`${contents}/MacOS/Electron ${helper}`, program],
    ];
  });
  const languages = locales.map((locale) => locale.replace("en-US", "en"));
  return {
    [`${BUNDLE}/Info.plist`]: describe("Electron"),
    [`${BUNDLE}/MacOS/Electron`]: program,
    [`${BUNDLE}/Resources/electron.icns`]: "icon\n",
    [`${VERSION}/Electron Framework`]: fuseWire(),
    ...Object.fromEntries(helpers),
    ...Object.fromEntries(languages.map((name) => [`${BUNDLE}/Resources/${name}.lproj/locale.pak`, name])),
    ...Object.fromEntries(languages.map((name) => [`${VERSION}/Resources/${name}.lproj/locale.pak`, name])),
  };
}

/** The links of a framework, by their paths. */
export const MAC_LINKS: Readonly<Record<string, string>> = {
  [`${FRAMEWORK}/Versions/Current`]: "A",
  [`${FRAMEWORK}/Electron Framework`]: "Versions/Current/Electron Framework",
  [`${FRAMEWORK}/Resources`]: "Versions/Current/Resources",
};

function describe(name: string): string {
  return plist.build({
    CFBundleExecutable: name,
    CFBundleIdentifier: "com.github.Electron",
    CFBundleName: name,
    CFBundlePackageType: "APPL",
    CFBundleIconFile: "electron.icns",
    CFBundleVersion: "0",
    LSMinimumSystemVersion: "12.0",
    NSMicrophoneUsageDescription: "Electron's own text",
  });
}
