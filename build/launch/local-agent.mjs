import path from "node:path";
import { text } from "node:stream/consumers";
import { agentEnvironment } from "./agent-environment.mjs";
import { startChild } from "./child.mjs";

const agentMain = "desktop-agent/src/headless/main.ts";
/** The exit code with which the agent requests to be started again. */
const restartCode = 75;

/**
 * The agent of the machine that the server runs on.
 * @param {string} root the clone
 */
export function createLocalAgent(root) {
  const dataDir = path.resolve(root, process.env.MUSTER_DATA_DIR ?? "data");
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    MUSTER_AGENT_HOME: path.join(dataDir, "agent"),
    // Without it the agent strips types from its sources at every start, which costs 30 MiB while it runs.
    NODE_COMPILE_CACHE: path.join(root, "node_modules", ".cache", "muster-agent"),
    ...agentEnvironment(process.env),
  };
  let isStopping = false;
  /** @type {import("./child.mjs").Child | undefined} */
  let current;

  /**
   * @param {string[]} args
   * @param {{ stdin?: string, stdout?: "pipe" }} [streams]
   */
  function start(args, streams) {
    current = startChild(root, agentMain, { args, env, ...streams });
    return current;
  }

  async function isEnrolled() {
    const { stdout } = start(["status", "--json"], { stdout: "pipe" }).process;
    try {
      const { state } = JSON.parse(stdout ? await text(stdout) : "");
      return state.kind !== "not-enrolled" && state.kind !== "copied-machine";
    } catch {
      return false;
    }
  }

  /** @param {{ url: string, enrolmentToken: string | null, caFile?: string | null }} welcome */
  async function enrol({ url, enrolmentToken }) {
    if (enrolmentToken === null || (await isEnrolled())) return true;
    if (isStopping) return false;
    const enrolling = start(["enrol", "--server", url, "--token-stdin"], { stdin: `${enrolmentToken}\n` });
    return (await enrolling.exited) === 0;
  }

  return {
    /**
     * Enrols the agent if the server gave it a token, and runs it until it ends. The server continues without it.
     * @param {{ url: string, enrolmentToken: string | null, caFile?: string | null }} welcome
     */
    async start(welcome) {
      if (welcome.caFile) env.MUSTER_AGENT_CA_FILE = welcome.caFile;
      const isReady = await enrol(welcome);
      let code = restartCode;
      while (isReady && !isStopping && code === restartCode)
        code = await start(["run", "--server", welcome.url]).exited;
      if (!isStopping)
        process.stderr.write("The agent of this machine has ended. The server continues without it.\n");
    },

    /** @param {number} graceMs */
    async stop(graceMs) {
      isStopping = true;
      await current?.stop(graceMs);
    },
  };
}
