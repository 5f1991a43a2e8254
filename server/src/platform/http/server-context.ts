import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { EventStreams } from "./event-streams.ts";

/** What the app puts beside every request. The bindings are absent under `app.request`. */
export type ServerEnv = {
  Bindings: Partial<HttpBindings>;
  Variables: {
    requestId: string;
    eventStreams: EventStreams;
    /** Id of the credential that the request came with; empty without one. */
    credentialId: string;
    /** Asks again whether this request's credential may still do what it asked for. */
    isStillAllowed: () => Promise<boolean>;
  };
};

export type ServerContext = Context<ServerEnv>;
