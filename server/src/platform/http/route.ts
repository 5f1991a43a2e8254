import type { ErrorCode } from "@muster/shared/errors.ts";
import type { Role, Scope } from "@muster/shared/contracts/identity.ts";
import type { ServerContext } from "./server-context.ts";
import type { z } from "zod";
import type { Logger } from "../logging/logger.ts";
import type {
  ApiKeyCaller,
  Caller,
  LegacyKeyCaller,
  LegacyKeyRight,
  DeviceCaller,
  Nobody,
  UserCaller,
} from "./caller.ts";
import type { IncomingRequest } from "./incoming-request.ts";
import type { EncodedJson } from "./encoded-json.ts";
import type { LegacyWire } from "./legacy-wire.ts";

/**
 * Who may call a route.
 * - public: anybody; credentials are ignored
 * - session: a user in a browser, with at least `role`
 * - member: a user, or an API key with `scope`, with at least `role`
 * - device: a device with its own credential
 * - legacy: a client of a legacy system, identified by the route's `wire`, with a key that has `right`
 *
 * A caller who is limited to customers may call only routes with `appliesCustomerLimit`: their handlers give the whole caller, or its
 * `tenantOf`, to what reads.
 */
export type Access =
  | { by: "public" }
  | { by: "session"; role: Role; appliesCustomerLimit?: true }
  | { by: "member"; role: Role; scope: Scope; appliesCustomerLimit?: true }
  | { by: "device" }
  | { by: "legacy"; right: LegacyKeyRight };

type CallerOf<A extends Access> = A extends { by: "public" }
  ? Nobody
  : A extends { by: "session" }
    ? UserCaller
    : A extends { by: "member" }
      ? UserCaller | ApiKeyCaller
      : A extends { by: "device" }
        ? DeviceCaller
        : A extends { by: "legacy" }
          ? LegacyKeyCaller
          : Caller;

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

export type RouteDefinition = {
  method: "get" | "post" | "put" | "patch" | "delete";
  /** OpenAPI form: `/api/v1/devices/{id}`. */
  path: string;
  /** The name of the function in a generated client, such as `listDevices`: a verb and what it is about; never changed later. */
  operationId: string;
  summary: string;
  /** Heading in the API document. */
  group: string;
  access: Access;
  /** The legacy system whose clients call this route. Errors have its shape. */
  wire?: LegacyWire;
  params?: z.ZodObject;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Schema of the answer's body; absent for 204 and for answers that are not JSON. */
  answer?: z.ZodType;
  /** Media type of an answer that is not JSON, for the API document. */
  answerType?:
    | "text/event-stream"
    | "text/html"
    | "text/plain"
    | "application/rss+xml"
    | "application/octet-stream";
  /** 410 for a route of a legacy system that no longer exists. */
  status: 200 | 201 | 204 | 410;
  /** Codes beyond those that every route of this access can answer. */
  errors?: readonly ErrorCode[];
  /** The answer has the `version` of what members edit, which is sent as ETag too. */
  hasVersion?: true;
  /** The handler answers `If-None-Match`. Its ETag is the `version` of the answer when that is a text, or one of its own. */
  isConditional?: true;
  /** The route edits what has a version: `If-Match` is read into `version`, and a session has to send it. */
  needsVersion?: true;
  /** Maximum bytes of the body after decompression; 65,536 by default. */
  maxBodyBytes?: number;
  /** True when the body may come with Content-Encoding gzip or deflate. */
  acceptsCompressed?: boolean;
  /** Maximum number of fields in the body, counted before it is parsed. */
  maxBodyFields?: number;
  /**
   * Reads the body in place of `body`, for a validator compiled from that schema. Throws MusterError("bad-request") with
   * details. Gets the result of JSON.parse and the bytes of it. The handler gets what it returns.
   */
  readBody?: (json: unknown, bytes: Buffer) => unknown;
  /** True when the route changes something: by default every method except GET does. Browsers then have to send our Origin. */
  changesState?: boolean;
  /** True on the hot path: on a real connection the route is answered without Hono and has no `context`. */
  isHotPath?: boolean;
  /** Counts a request to a public route in place of the limit of its address. Throws `rate-limited`. */
  countRequest?: (request: Pick<IncomingRequest, "address" | "header">) => Promise<void>;
  /** True when requests do not count against the caller's rate limit (health). */
  isUnlimited?: boolean;
};

/** What a handler gets: parsed input, the caller, and what it needs to answer. */
export type RouteRequest<D extends RouteDefinition> = {
  params: Parsed<D["params"]>;
  query: Parsed<D["query"]>;
  body: D extends { readBody: (json: unknown, bytes: Buffer) => infer Read } ? Read : Parsed<D["body"]>;
  caller: CallerOf<D["access"]>;
  /** The version that is edited, on a route with `needsVersion`; null for any. */
  version: number | null;
  requestId: string;
  /** Address of the client, after trusted proxies. */
  address: string;
  /** A request's header by its name in lower case. */
  header(name: string): string | undefined;
  /** A cookie; null without it, and where it does not count because another site may have sent the request. */
  cookie(name: string): string | null;
  /** Charges the caller for what `task` reads. For hot-path routes: the other ones are charged for all that they read. */
  measured<Result>(task: () => Result): Result;
  log: Logger;
  /** Aborted when the client goes away. */
  signal: AbortSignal;
  /** For the few routes that set cookies or stream. Reading it throws on a hot-path route. */
  context: ServerContext;
};

export type RouteHandler<D extends RouteDefinition> = (
  request: RouteRequest<D>,
) => Promise<
  (D["answer"] extends z.ZodType ? z.input<D["answer"]> | EncodedJson : undefined | void) | Response
>;

/** One entry of the route table, from which the mounted route, the API document and the tenant test are derived. */
export type Route = { definition: RouteDefinition; handle: RouteHandler<RouteDefinition> };

/** Creates a route whose handler is typed by its definition. */
export function route<const D extends RouteDefinition>(definition: D, handle: RouteHandler<D>): Route {
  return { definition, handle };
}
