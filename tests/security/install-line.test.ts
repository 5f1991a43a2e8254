import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { installLine } from "../../server/src/releases/install/install-line.ts";
import { installScript } from "../../server/src/releases/install/install-script.ts";
import { findOrInstall } from "../harness/debian-program.ts";
import { runProgram } from "../harness/installed-agent.ts";

const TOKEN = `mt_${"T".repeat(43)}`;
/** What line, script and agent of these tests call. */
const TOOLS = ["cat", "chmod", "env", "grep", "id", "mktemp", "rm", "sh", "sha256sum", "tr", "uname"];
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const tools = await Promise.all(["curl", "wget"].map((name) => findOrInstall(name)));
const missing = tools.flatMap((tool) => (tool.kind === "missing" ? tool.reason : []));
const obstacle =
  process.platform !== "linux" || process.getuid?.() !== 0 ? "it needs root on Linux" : missing[0];
const name = `the install line${obstacle === undefined ? "" : ` (skipped: ${obstacle})`}`;

type Answer = (response: ServerResponse, body: string) => void;
const whole: Answer = (response, body) => response.end(body);

describe.skipIf(obstacle !== undefined)(name, () => {
  let folder: string;
  let server: Server;
  let url: string;
  /** What the server does with a request for the script and for the agent. */
  let answers: { script: Answer; agent: Answer };
  let requests: string[] = [];

  /** A program in place of the agent. It says how it was started, and whether any other process shows the token. */
  const agentText = () => `#!/bin/sh
cat >'${folder}/stdin'
printf '%s ' "$@" >'${folder}/arguments'
cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | grep -q '[m]${TOKEN.slice(1)}' && cat </dev/null >'${folder}/leak'
exit 0
`;
  const script = () =>
    installScript(
      "linux",
      new Map([
        ["linux-x64", sha256(agentText())],
        ["linux-arm64", sha256(agentText())],
      ]),
    );

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "muster-hostile-"));
    for (const tool of ["curl", "wget"]) {
      await mkdir(path.join(folder, tool));
      for (const program of [tool, ...TOOLS]) {
        const found = await findOrInstall(program);
        if (found.kind === "found") await symlink(found.path, path.join(folder, tool, program));
      }
    }
    server = createServer((request, response) => {
      requests.push(request.url ?? "");
      const isScript = request.url?.startsWith("/install/linux.sh");
      if (isScript) answers.script(response, script().text);
      else answers.agent(response, agentText());
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  });
  afterEach(async () => {
    requests = [];
    for (const file of ["stdin", "arguments", "leak"]) await rm(path.join(folder, file), { force: true });
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });

  /** Types the line into a shell that has one of the two programs. */
  async function run(tool: string, given: Partial<typeof answers> = {}) {
    answers = { script: whole, agent: whole, ...given };
    const line = installLine("linux", {
      url,
      trust: { kind: "none" },
      scriptSha256: script().sha256,
      token: TOKEN,
    });
    const before = await leftFolders();
    const ran = await runProgram(["env", "-i", `PATH=${path.join(folder, tool)}`, "sh"], {
      stdin: `${line}\n`,
    });
    expect(await leftFolders()).toEqual(before);
    return ran;
  }
  const leftFolders = async () => (await readdir("/var/lib")).filter((entry) => entry.startsWith("muster-"));
  const isExecuted = () => existsSync(path.join(folder, "arguments"));

  describe.each(["curl", "wget"])("with %s", (tool) => {
    it("executes script and agent, and shows the token to no other process", async () => {
      expect(await run(tool)).toMatchObject({ code: 0 });
      expect(await readFile(path.join(folder, "arguments"), "utf8")).toBe(
        `install --server ${url} --token-stdin --insecure-http `,
      );
      expect(await readFile(path.join(folder, "stdin"), "utf8")).toBe(`${TOKEN}\n`);
      expect(existsSync(path.join(folder, "leak"))).toBe(false);
      expect(requests.join(" ")).not.toContain("mt_");
    });

    it("downloads the agent for the processor", async () => {
      const uname = path.join(folder, tool, "uname");
      const own = await readlink(uname);
      await rm(uname);
      await writeFile(uname, "#!/bin/sh\necho aarch64\n", { mode: 0o755 });
      expect(await run(tool)).toMatchObject({ code: 0 });
      await writeFile(uname, "#!/bin/sh\necho s390x\n");
      expect(await run(tool)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("no agent for this processor: s390x"),
      });
      await rm(uname);
      await symlink(own, uname);
      const agents = requests.filter((address) => address.startsWith("/install/agent/"));
      expect(agents).toEqual([expect.stringMatching(/^\/install\/agent\/linux-arm64\?sha256=/)]);
    });

    const harmful = () => `#!/bin/sh\ncat </dev/null >'${folder}/arguments'\n`;
    const hostile: [what: string, answer: Answer][] = [
      ["other bytes", (response) => response.end(harmful())],
      ["more bytes", (response, body) => response.end(`${harmful()}${body}`)],
      ["half of the bytes", (response, body) => response.end(body.slice(0, body.length / 2))],
      [
        "a connection that breaks",
        (response, body) => {
          response.writeHead(200, { "content-length": String(body.length) });
          response.write(body.slice(0, 100), () => response.destroy());
        },
      ],
      ["nothing", (response) => response.end()],
      ["an error", (response, body) => response.writeHead(500).end(body)],
      [
        "a way to another place",
        (response) => response.writeHead(302, { location: "/elsewhere" }).end(harmful()),
      ],
    ];

    it.each(hostile)("executes nothing when the script is %s", async (_, answer) => {
      const { code } = await run(tool, { script: answer, agent: (response) => response.end(harmful()) });
      expect(code).not.toBe(0);
      expect(isExecuted()).toBe(false);
    });

    it.each(hostile)("executes nothing when the agent is %s", async (what, answer) => {
      const { code, stderr } = await run(tool, {
        agent: what.startsWith("a way") ? redirectOnce(harmful()) : answer,
      });
      expect(code).not.toBe(0);
      expect(stderr).toMatch(/The download failed|Nothing was executed/);
      expect(isExecuted()).toBe(false);
    });
  });
});

/** Sends to another place first, and there something harmful. */
function redirectOnce(harmful: string): Answer {
  let isFirst = true;
  return (response) => {
    if (isFirst) response.writeHead(302, { location: "/install/agent/elsewhere" }).end();
    else response.end(harmful);
    isFirst = false;
  };
}
