import { userInfo } from "node:os";
import { text } from "node:stream/consumers";
import { runCommandLine } from "./command-line.ts";

/** An account without a name, as in some containers, is shown by its number. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}

process.exitCode = await runCommandLine(process.argv.slice(2), {
  environment: process.env,
  account: accountName(),
  out: (chunk) => void process.stdout.write(chunk),
  err: (chunk) => void process.stderr.write(chunk),
  readStdin: () => text(process.stdin),
});
