import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { SHELLS } from "@muster/shared/command-line/completion.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import agentPackage from "../../desktop-agent/package.json" with { type: "json" };
import { runCommandLine as runAgentCommand } from "../../desktop-agent/src/headless/command-line.ts";
import serverPackage from "../../server/package.json" with { type: "json" };
import { openShell, type TestShell } from "../harness/command-line.ts";

type Ran = { exitCode: number; out: string; err: string };

let shell: TestShell;
beforeAll(async () => {
  shell = await openShell("sqlite");
});
afterAll(() => shell.remove());

async function runAgent(args: readonly string[]): Promise<Ran> {
  const ran: Ran = { exitCode: 0, out: "", err: "" };
  await runAgentCommand(args, {
    environment: {},
    out: (chunk) => void (ran.out += chunk),
    err: (chunk) => void (ran.err += chunk),
    readStdin: async () => "",
    stopRequested: () => new Promise(() => undefined),
    exitWith: (exitCode) => void (ran.exitCode = exitCode),
  });
  return ran;
}

const PROGRAMS = [
  { name: "muster", version: serverPackage.version, run: (args: readonly string[]) => shell.run(args) },
  { name: "muster-agent", version: agentPackage.version, run: runAgent },
] as const;

describe.each(PROGRAMS)("$name", ({ name, version, run }) => {
  test("prints its version as one line, or as JSON", async () => {
    for (const asked of [["--version"], ["-V"], ["version"]])
      expect(await run(asked)).toMatchObject({ exitCode: 0, out: `${name} ${version}\n`, err: "" });
    expect(JSON.parse((await run(["--version", "--json"])).out)).toEqual({ name, version });
  });

  test("suggests the nearest command and option, and explains how to get help", async () => {
    const command = await run(["docter"]);
    expect([command.exitCode, command.err]).toEqual([2, expect.stringContaining("Did you mean doctor?")]);
    const option = await run(["doctor", "--jsn"]);
    expect([option.exitCode, option.err]).toEqual([2, expect.stringContaining("Did you mean --json?")]);
    expect(option.err).toContain("Add --help to see the usage.");
    expect((await run(["help", "docter"])).err).toContain("Did you mean doctor?");
  });

  test("shows the help of a command", async () => {
    const { exitCode, out } = await run(["help", "doctor"]);
    expect([exitCode, out]).toEqual([0, expect.stringMatching(new RegExp(`^Usage: ${name} doctor `))]);
    expect((await run(["help"])).out).toBe((await run(["--help"])).out);
  });

  test("refuses a shell that it has no completion for", async () => {
    const { exitCode, err } = await run(["completion", "tcsh"]);
    expect([exitCode, err]).toEqual([2, expect.stringContaining(SHELLS.join(", "))]);
  });
});

test("muster shows the help of a command below another one", async () => {
  expect((await shell.run(["help", "org", "create"])).out).toMatch(/^Usage: muster org create /);
});

describe("bash", () => {
  /** What bash offers for a line, whose last word is being typed. */
  async function complete(program: string, script: string, line: string): Promise<string[]> {
    const command = `_${program.replaceAll("-", "_")}`;
    const code = `eval "$SCRIPT"
[[ "$(complete -p ${program})" == *" -F ${command} "* ]] || exit 1
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
${command}
for word in "\${COMPREPLY[@]}"; do echo "$word"; done`;
    const env = { PATH: process.env["PATH"], SCRIPT: script };
    const { stdout } = await promisify(execFile)(
      "bash",
      ["--norc", "-uc", code, "bash", ...line.split(" ")],
      { env },
    );
    return stdout.split("\n").filter((word) => word !== "");
  }

  test("completes commands, options and values of muster", async () => {
    const { out: script } = await shell.run(["completion", "bash"]);
    const offered = (line: string) => complete("muster", script, line);
    expect(await offered("muster re")).toEqual(["restore", "restored", "retention"]);
    expect(await offered("muster org c")).toEqual(["create"]);
    expect(await offered("muster org create --j")).toEqual(["--json"]);
    expect(await offered("muster completion ")).toEqual([...SHELLS, "--help"]);
    expect(await offered("muster help backu")).toEqual(["backup"]);
    // Where a value or a file is expected, the shell completes file names itself.
    expect(await offered("muster key create --name k")).toEqual([]);
    expect(await offered("muster backup k")).toEqual([]);
  });

  test("completes commands and options of muster-agent", async () => {
    const { out: script } = await runAgent(["completion", "bash"]);
    const offered = (line: string) => complete("muster-agent", script, line);
    expect(await offered("muster-agent st")).toEqual(["status"]);
    expect(await offered("muster-agent enrol --token")).toEqual(["--token-file", "--token-stdin"]);
    expect(await offered("muster-agent enrol --token-file /etc/")).toEqual([]);
  });
});
