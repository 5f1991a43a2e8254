import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Caller } from "./caller.ts";
import type { EventStreams } from "./event-streams.ts";

/** Values that the app adds to every request. The bindings are absent under `app.request`. */
export type ServerEnv = {
  Bindings: Partial<HttpBindings>;
  Variables: {
    requestId: string;
    eventStreams: EventStreams;
    caller: Caller;
    /** Identifies the caller again; null when it has lost its rights on this route. */
    identifyAgain: () => Promise<Caller | null>;
  };
};

export type ServerContext = Context<ServerEnv>;
