import { startChild } from "./child.mjs";
import { createLocalAgent } from "./local-agent.mjs";

const serverMain = "server/src/main.ts";
const agentGraceMs = 4_000;
const serverGraceMs = 6_000;

/**
 * Runs the server and, once it reports that it is ready, this machine's agent, until a signal or the server's end.
 * The server sends `{type: "ready", url, setupUrl}` and `{type: "local-agent", enrolmentToken}` over IPC. It prints the
 * set-up link itself, and the reason when it cannot start.
 * @param {string} root the clone
 * @returns {Promise<number>} the exit code
 */
export async function runBoth(root) {
  const stopAsked = waitForStopSignal();
  const server = startChild(root, serverMain);
  const agent = createLocalAgent(root);
  let event = await Promise.race([waitForWelcome(server), stopAsked, server.exited]);
  if (typeof event === "object") {
    void agent.start(event);
    event = await Promise.race([stopAsked, server.exited]);
  }
  await agent.stop(agentGraceMs);
  await server.stop(serverGraceMs);
  const { signalCode } = server.process;
  // A server that is still starting does not handle signals yet and just ends.
  if (event === "stop" && signalCode === "SIGTERM") return 0;
  if (signalCode !== null) process.stderr.write(`The server was ended by ${signalCode}.\n`);
  return server.exited;
}

/** @returns {Promise<"stop">} */
function waitForStopSignal() {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => resolve("stop"));
  });
}

/**
 * @param {import("./child.mjs").Child} server
 * @returns {Promise<{ url: string, enrolmentToken: string | null, caFile?: string | null }>}
 */
function waitForWelcome(server) {
  return new Promise((resolve) => {
    /** @type {string | undefined} */
    let url;
    /** @type {{ enrolmentToken: string | null, caFile?: string | null } | undefined} */
    let localAgent;
    server.process.on("message", (/** @type {any} */ message) => {
      if (message.type === "ready") url = message.url;
      if (message.type === "local-agent") localAgent = message;
      if (url === undefined || localAgent === undefined) return;
      const { enrolmentToken, caFile } = localAgent;
      resolve({ url, enrolmentToken, caFile });
    });
  });
}
