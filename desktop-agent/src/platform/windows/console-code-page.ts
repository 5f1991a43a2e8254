import { DEFAULT_CODE_PAGE } from "../decode-output.ts";
import type { RunCommand } from "../run-command.ts";
import { parseRegQuery } from "./parse-reg-query.ts";

const LIMIT_MS = 5_000;
const KEY = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage";

/** The code page in which programs write to a pipe (OEMCP): 437, 850, 866, 932, ..., or 65001 for UTF-8. */
export async function findConsoleCodePage(run: RunCommand): Promise<number> {
  const result = await run("reg.exe", ["query", KEY, "/v", "OEMCP"], { timeoutMs: LIMIT_MS });
  const value = result.kind === "exited" ? parseRegQuery(result.stdout, "OEMCP") : undefined;
  return value !== undefined && /^\d{1,5}$/.test(value) ? Number(value) : DEFAULT_CODE_PAGE;
}
