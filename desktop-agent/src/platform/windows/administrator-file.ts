import { readFile } from "node:fs/promises";
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

/** Reads files that only administrators of Windows own and can write. */
export function createWindowsAdministratorFiles(run: RunCommand): AdministratorFilePort {
  return {
    async read(path) {
      try {
        const text = await readFile(path, "utf8");
        const result = await run(POWERSHELL, powershellArguments(accessScript(path)), {
          timeoutMs: LIMIT_MS,
        });
        const problem = problemOf(result.kind === "exited" ? result.stdout : "");
        return problem === null ? { kind: "text", text } : { kind: "unusable", reason: problem };
      } catch (error) {
        return whenUnread(error);
      }
    },
  };
}

/** What is wrong with an access list as the script prints it; null when only administrators can have written the file. */
export function problemOf(printed: string): string | null {
  const problem = ownerProblemOf(printed);
  if (problem !== null) return problem;
  return listField(parseJsonObject(printed) ?? {}, "rules").some(letsOthersWrite)
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

function letsOthersWrite(rule: unknown): boolean {
  if (!isObject(rule)) return true;
  const { sid, rights } = rule;
  if (typeof sid !== "string" || typeof rights !== "number") return true;
  return !ADMINISTRATORS.includes(sid) && (BigInt(rights) & BigInt(WRITE_RIGHTS)) !== 0n;
}

function whenUnread(error: unknown): AdministratorFile {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  return code === "ENOENT" ? { kind: "absent" } : { kind: "unusable", reason: `cannot be read (${code})` };
}
