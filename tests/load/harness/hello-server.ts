import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A minimal node:http server, the reference for all measurements. */
const server = createServer((_request, response) => response.end("hello"));
server.keepAliveTimeout = 75_000;
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once("disconnect", () => process.exit());
