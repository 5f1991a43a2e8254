import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { EventStreams } from "./event-streams.ts";

/** Values that the app adds to every request. The bindings are absent under `app.request`. */
export type ServerEnv = {
  Bindings: Partial<HttpBindings>;
  Variables: {
    requestId: string;
    eventStreams: EventStreams;
    /** Id of the credential of the request; empty without one. */
    credentialId: string;
    /** Checks again whether this request's credential still has the required rights. */
    isStillAllowed: () => Promise<boolean>;
  };
};

export type ServerContext = Context<ServerEnv>;
