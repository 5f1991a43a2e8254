import type { Stats } from "node:fs";
import { lstat, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { outputOf } from "../command-output.ts";
import type { AdministratorFile, AdministratorFilePort } from "../ports.ts";
import type { RunCommand } from "../run-command.ts";
import { isObject, listField, parseJsonObject, textField } from "../json-fields.ts";
import { POWERSHELL, powershellArguments } from "./run-powershell.ts";

const LIMIT_MS = 30_000;
/** SYSTEM, Administrators, TrustedInstaller. */
const ADMINISTRATORS = [
  "S-1-5-18",
  "S-1-5-32-544",
  "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
];
/** Entries for whoever makes or owns something in a folder; they give nobody else anything. */
const CREATOR_AND_OWNER = ["S-1-3-0", "S-1-3-4"];
// Every right that takes away a folder or what is in it: delete children, delete, permissions, owner, everything. Making files is not among
// them: everybody may do that in folders below ProgramData, and whoever makes a file owns it.
const REPLACE_RIGHTS = 0x40 | 0x10000 | 0x40000 | 0x80000 | 0x10000000;
/** By number, since their names are in the system's language: SYSTEM, Administrators, and Users, who may read. */
const FOLDER_GRANTS = ["*S-1-5-18:(OI)(CI)F", "*S-1-5-32-544:(OI)(CI)F", "*S-1-5-32-545:(OI)(CI)RX"];
// Every right that changes the file or its access list: write data, append, extended and basic attributes, delete, permissions, owner.
const WRITE_RIGHTS = 0x2 | 0x4 | 0x10 | 0x40 | 0x100 | 0x10000 | 0x40000 | 0x80000 | 0x10000000 | 0x40000000;

/** The path travels in single quotes, in which PowerShell knows no other sign than the quote. */
export function accessScript(path: string): string {
  return [
    `$a = Get-Acl -LiteralPath '${path.replaceAll("'", "''")}'`,
    "$sid = [Security.Principal.SecurityIdentifier]",
    "$rules = $a.GetAccessRules($true, $true, $sid) | Where-Object { $_.AccessControlType -eq 'Allow' } |",
    "  ForEach-Object { @{ sid = $_.IdentityReference.Value; rights = [int64]$_.FileSystemRights } }",
    "@{ owner = $a.GetOwner($sid).Value; rules = @($rules) } | ConvertTo-Json -Compress -Depth 3",
  ].join("\n");
}

/**
 * Reads files that only administrators of Windows own and can write, in a folder that they own and in which nobody else can replace them.
 * Everybody may make folders in ProgramData, so the service makes the folder before others can.
 */
export function createWindowsAdministratorFiles(run: RunCommand): AdministratorFilePort {
  async function accessOf(path: string): Promise<string> {
    const result = await run(POWERSHELL, powershellArguments(accessScript(path)), { timeoutMs: LIMIT_MS });
    return result.kind === "exited" ? result.stdout : "";
  }

  async function folderProblem(folder: string): Promise<string | null> {
    const found = await statOf(folder);
    if (found === null) return null;
    if (!found.isDirectory()) return `is in ${folder}, which is no folder`;
    const problem = folderProblemOf(await accessOf(folder));
    return problem === null ? null : `is in ${folder}, which ${problem}`;
  }

  /** The file is read last: what was checked before cannot be replaced by others. */
  async function readChecked(path: string): Promise<AdministratorFile> {
    const found = await statOf(path);
    if (found !== null && !found.isFile()) return unusable("is no file");
    const [inFolder, inFile] = await Promise.all([
      folderProblem(dirname(path)),
      found === null ? null : accessOf(path).then(problemOf),
    ]);
    const problem = inFolder ?? inFile;
    if (problem !== null) return unusable(problem);
    return found === null ? { kind: "absent" } : { kind: "text", text: await readFile(path, "utf8") };
  }

  return {
    read: (path) => readChecked(path).catch(whenUnread),
    async prepareFolder(path) {
      const folder = dirname(path);
      try {
        await mkdir(folder);
      } catch (error) {
        if (codeOf(error) === "EEXIST") return;
        throw error;
      }
      const args = [folder, "/inheritance:r", "/grant:r", ...FOLDER_GRANTS];
      outputOf(await run("icacls.exe", args, { timeoutMs: LIMIT_MS }), "icacls");
    },
  };
}

async function statOf(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** What is wrong with the folder of a file; null when only administrators can replace what is in it. */
export function folderProblemOf(printed: string): string | null {
  const problem = ownerProblemOf(printed);
  if (problem !== null) return problem;
  const rules = listField(parseJsonObject(printed) ?? {}, "rules");
  return rules.some((rule) => givesOthers(rule, REPLACE_RIGHTS, CREATOR_AND_OWNER))
    ? "lets others than administrators replace files"
    : null;
}

/** What is wrong with an access list as the script prints it; null when only administrators can have written the file. */
export function problemOf(printed: string): string | null {
  const problem = ownerProblemOf(printed);
  if (problem !== null) return problem;
  return listField(parseJsonObject(printed) ?? {}, "rules").some((rule) => givesOthers(rule, WRITE_RIGHTS))
    ? "can be written by others than administrators"
    : null;
}

/** What is wrong with the owner alone: who owns a folder may change its access list. */
export function ownerProblemOf(printed: string): string | null {
  const access = parseJsonObject(printed);
  const owner = access && textField(access, "owner");
  if (!access || owner === undefined) return "has an access list that cannot be read";
  return ADMINISTRATORS.includes(owner) ? null : "is not owned by administrators";
}

function givesOthers(rule: unknown, wanted: number, harmless: readonly string[] = []): boolean {
  if (!isObject(rule)) return true;
  const { sid, rights } = rule;
  if (typeof sid !== "string" || typeof rights !== "number") return true;
  const isTrusted = ADMINISTRATORS.includes(sid) || harmless.includes(sid);
  return !isTrusted && (BigInt(rights) & BigInt(wanted)) !== 0n;
}

function whenUnread(error: unknown): AdministratorFile {
  const code = codeOf(error);
  return code === "ENOENT" ? { kind: "absent" } : unusable(`cannot be read (${code})`);
}

const codeOf = (error: unknown) =>
  error instanceof Error && "code" in error ? String(error.code) : "unknown error";
const unusable = (reason: string): AdministratorFile => ({ kind: "unusable", reason });
