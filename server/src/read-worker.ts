import { parentPort, workerData } from "node:worker_threads";
import { alertingReads } from "./alerting/alerting-reads.ts";
import { fleetReads } from "./fleet/fleet-reads.ts";
import { identityReads } from "./identity/identity-reads.ts";
import { serveReads } from "./platform/read-threads/serve-reads.ts";

if (!parentPort) throw new Error("read-worker.ts can only run in a worker thread.");
serveReads(parentPort, workerData, [...identityReads, ...fleetReads, ...alertingReads]);
