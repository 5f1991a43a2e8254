import { execFile } from "node:child_process";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { APPLICATION_ID } from "@muster/shared/design/application.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findOrInstall } from "../harness/debian-program.ts";

const run = promisify(execFile);
const own = path.join(import.meta.dirname, "../../build/desktop/windows/installer.nsh");
const makensis = await findOrInstall("makensis", "nsis");
const skipped = makensis.kind === "missing" ? ` (skipped: ${makensis.reason})` : "";
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "muster-uninstaller-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What electron-builder defines for our part of the script. */
const AROUND = `Unicode true
!include LogicLib.nsh
!include FileFunc.nsh
Name Muster
OutFile tray.exe
Var installMode
!define APP_ID "${APPLICATION_ID}"
!macro _isUpdated left right yes no
  ClearErrors
  \${GetParameters} $R9
  \${GetOptions} $R9 "--updated" $R8
  IfErrors \`\${no}\` \`\${yes}\`
!macroend
!define isUpdated \`"" isUpdated ""\`
!include "${own}"
Section
  WriteUninstaller remove.exe
SectionEnd
Section un.Uninstall
  StrCpy $installMode all
  !insertmacro customUnInstall
SectionEnd
`;

it.skipIf(makensis.kind === "missing")(`what the uninstaller removes compiles${skipped}`, async () => {
  const script = path.join(folder, "tray.nsi");
  await writeFile(script, AROUND);
  const program = makensis.kind === "found" ? makensis.path : "";
  await run(program, ["-WX", "-V2", script], { cwd: folder });
  expect((await stat(path.join(folder, "tray.exe"))).size).toBeGreaterThan(10_000);
});
