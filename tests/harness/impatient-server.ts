import { startServer } from "../../server/src/start-server.ts";

/** The real server with the timeouts of the JSON in this variable, for tests of clients that take too long. */
await startServer({ timeouts: JSON.parse(process.env["TEST_CONNECTION_TIMEOUTS"] ?? "{}") });
