import { DEFAULT_CODE_PAGE } from "../decode-output.ts";
import type { RunCommand } from "../run-command.ts";

/** Reads a value that `reg query KEY /v NAME` prints: "    MachineGuid    REG_SZ    4c4c4544-...". */
export function parseRegQuery(text: string, name: string): string | undefined {
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s+(.+?)\s{2,}REG_[A-Z_]+\s{2,}(.*)$/.exec(line);
    if (match?.[1]?.toLowerCase() === name.toLowerCase()) return match[2]?.trim();
  }
  return undefined;
}

const LIMIT_MS = 5_000;
const KEY = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage";

/** The code page in which programs write to a pipe (OEMCP): 437, 850, 866, 932, ..., or 65001 for UTF-8. */
export async function findConsoleCodePage(run: RunCommand): Promise<number> {
  const result = await run("reg.exe", ["query", KEY, "/v", "OEMCP"], { timeoutMs: LIMIT_MS });
  const value = result.kind === "exited" ? parseRegQuery(result.stdout, "OEMCP") : undefined;
  return value !== undefined && /^\d{1,5}$/.test(value) ? Number(value) : DEFAULT_CODE_PAGE;
}
