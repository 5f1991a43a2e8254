// The container's health check: asks the server in this container, whichever way it listens.
import http from "node:http";
import https from "node:https";

// oxlint-disable-next-line no-restricted-properties -- a program of its own, without the configuration of the server
const port = process.env.MUSTER_PORT ?? "8080";
const options = { host: "127.0.0.1", port, path: "/api/health", timeout: 4_000 };

/** Whether the server answers that it is healthy. Its certificate is for other names, and nothing is sent to it. */
function isHealthy(protocol) {
  return new Promise((resolve) => {
    const call = protocol.get({ ...options, rejectUnauthorized: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    call.on("timeout", () => call.destroy());
    call.on("error", () => resolve(false));
  });
}

process.exit((await isHealthy(http)) || (await isHealthy(https)) ? 0 : 1);
