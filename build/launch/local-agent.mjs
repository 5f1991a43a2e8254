import path from "node:path";
import { startChild } from "./child.mjs";

const agentMain = "desktop-agent/src/headless/main.ts";

/**
 * The agent of the machine that the server runs on.
 * @param {string} root the clone
 */
export function createLocalAgent(root) {
  const dataDir = path.resolve(root, process.env.MUSTER_DATA_DIR ?? "data");
  const env = { MUSTER_AGENT_HOME: path.join(dataDir, "agent"), ...process.env };
  let isStopping = false;
  /** @type {import("./child.mjs").Child | undefined} */
  let current;

  /**
   * @param {string[]} args
   * @param {string} [stdin]
   */
  async function run(args, stdin) {
    if (isStopping) return 1;
    current = startChild(root, agentMain, { args, env, stdin });
    return current.exited;
  }

  return {
    /**
     * Enrols it if the server gave it a token, and runs it until it ends. The server does not depend on it.
     * @param {{ url: string, enrolmentToken: string | null }} welcome
     */
    async start({ url, enrolmentToken }) {
      const isEnrolled =
        enrolmentToken === null ||
        (await run(["enrol", "--server", url, "--token-stdin"], `${enrolmentToken}\n`)) === 0;
      if (isEnrolled) await run(["run"]);
      if (!isStopping)
        process.stderr.write("This machine's agent has ended. The server runs on without it.\n");
    },

    /** @param {number} graceMs */
    async stop(graceMs) {
      isStopping = true;
      await current?.stop(graceMs);
    },
  };
}
