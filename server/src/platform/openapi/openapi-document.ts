import { ErrorBody, type ErrorCode } from "@muster/shared/errors.ts";
import { ORGANIZATION_HEADER } from "@muster/shared/protocol/agent-protocol.ts";
import type { z } from "zod";
import { MusterError } from "../errors.ts";
import { STATUS_BY_CODE } from "../http/error-answer.ts";
import { SESSION_COOKIE } from "../http/request-credentials.ts";
import type { Access, Route, RouteDefinition } from "../http/route.ts";
import { variantExamples } from "./body-examples.ts";
import { describeParameters } from "./describe-parameters.ts";
import { describeCodes, errorExamples } from "./error-texts.ts";
import { createSchemaCollector, type NamedSchemas, type SchemaCollector } from "./schema-collector.ts";
import type { JsonSchema, SchemaTexts } from "./schema-texts.ts";

type Json = Record<string, unknown>;
type Body = { schema: JsonSchema; examples?: Json };
type Described = { schemas: SchemaCollector; texts: SchemaTexts; error: Json; bodies: Body[] };

const ETAG: Json = {
  description: "The version of what is answered, for `If-Match` or `If-None-Match`.",
  schema: { type: "string" },
  example: '"3"',
};

/** An error in a legacy system's shape: a sentence, or messages by field. */
const LEGACY_ERROR_SCHEMA: Json = {
  type: "object",
  properties: {
    error: {
      type: ["string", "object"],
      description: "A sentence, or the messages for each field.",
      examples: ["Unauthorized"],
    },
  },
  required: ["error"],
};

const SECURITY_BY_ACCESS: Record<Access["by"], Json[]> = {
  public: [],
  session: [{ session: [] }],
  member: [{ session: [] }, { apiKey: [] }],
  device: [{ device: [] }],
  legacy: [{ compat: [] }],
};

const SECURITY_SCHEMES = {
  compat: {
    type: "http",
    scheme: "bearer",
    description:
      "A key for the routes of a legacy system, from `muster key create --compat`. Errors have that system's shape.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: SESSION_COOKIE,
    description: `A user's session, from POST /api/v1/auth/login. Unsafe requests need this server's Origin; the header ${ORGANIZATION_HEADER} selects the organization.`,
  },
  apiKey: { type: "http", scheme: "bearer", description: "An API key: mk_ and 43 characters." },
  device: {
    type: "http",
    scheme: "bearer",
    description: "The credential that a device got when it enrolled: md_ and 43 characters.",
  },
};

/** Creates the OpenAPI 3.1 document of the route table. `named` are the shared contracts by name. */
export function createOpenApiDocument(options: {
  routes: readonly Route[];
  named: NamedSchemas;
  version: string;
  /** Path of the public URL; the root when absent. */
  basePath?: string;
}): Json {
  const { texts = { descriptions: {}, examples: {} } } = options.named;
  const schemas = createSchemaCollector({
    ...options.named,
    schemas: { ...options.named.schemas, ErrorBody },
  });
  const described: Described = { schemas, texts, error: schemas.describe(ErrorBody, "output"), bodies: [] };
  const paths: Record<string, Json> = {};
  for (const { definition } of options.routes) {
    paths[definition.path] ??= {};
    Object.assign(paths[definition.path] ?? {}, {
      [definition.method]: describeRoute(definition, described),
    });
  }
  const components = schemas.components();
  for (const body of described.bodies) {
    const examples = variantExamples(body.schema, components);
    if (examples) body.examples = examples;
  }
  const groups = [...new Set(options.routes.map(({ definition }) => definition.group))].toSorted();
  return {
    openapi: "3.1.1",
    info: {
      title: "Muster",
      version: options.version,
      description: "All errors have the same body. A client decides by its code.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: options.basePath || "/" }],
    tags: groups.map((name) => ({ name })),
    paths,
    components: {
      schemas: components,
      examples: errorExamples(),
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

function describeRoute(definition: RouteDefinition, described: Described): Json {
  const { access, body } = definition;
  const { schemas, texts, error } = described;
  return {
    operationId: definition.operationId,
    summary: definition.summary,
    ...(describeRights(access) && { description: describeRights(access) }),
    tags: [definition.group],
    security: SECURITY_BY_ACCESS[access.by],
    parameters: describeParameters(definition, schemas, texts),
    ...(body && { requestBody: describeBody(body, described) }),
    responses: { ...describeAnswer(definition, schemas), ...describeErrors(definition, error) },
  };
}

function describeBody(schema: z.ZodType, { schemas, bodies }: Described): Json {
  const body: Body = { schema: schemas.describe(schema, "input") };
  bodies.push(body);
  return { required: true, content: { "application/json": body } };
}

function describeRights(access: Access): string | undefined {
  if (access.by === "session") return `Minimum role: ${access.role}.`;
  if (access.by === "legacy") return `For clients of a legacy system, with a key for an ${access.right}.`;
  if (access.by === "member") return `Minimum role: ${access.role}. Scope of an API key: ${access.scope}.`;
  return undefined;
}

function describeAnswer(definition: RouteDefinition, schemas: SchemaCollector): Json {
  const { status, answer, answerType, hasVersion, isConditional } = definition;
  const hasEtag = hasVersion || isConditional;
  const content = answer
    ? jsonContent(schemas.describe(answer, "output"))
    : answerType && { [answerType]: { schema: textSchema(answerType) } };
  const description = status === 201 ? "Created" : content ? "The answer" : "Done, without a body";
  return {
    [status]: { description, ...(hasEtag && { headers: { ETag: ETAG } }), ...(content && { content }) },
    ...(isConditional && {
      304: { description: "Not modified since the ETag in `If-None-Match`.", headers: { ETag: ETAG } },
    }),
  };
}

function textSchema(answerType: string): Json {
  return { type: "string", ...(answerType === "application/octet-stream" && { format: "binary" }) };
}

function describeErrors(definition: RouteDefinition, error: Json): Json {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of possibleErrors(definition)) {
    const status = definition.wire?.failureOf(new MusterError(code, "")).status ?? STATUS_BY_CODE[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const described = [...byStatus].map(([status, codes]) => {
    const headers = {
      ...(codes.some((code) => code === "rate-limited" || code === "unavailable") && {
        "Retry-After": { description: "Seconds to wait.", schema: { type: "integer" }, example: 5 },
      }),
      ...(codes.includes("precondition-failed") && { ETag: ETAG }),
    };
    return [
      String(status),
      {
        description: describeCodes(codes),
        ...(Object.keys(headers).length > 0 && { headers }),
        content: {
          "application/json": definition.wire ? { schema: LEGACY_ERROR_SCHEMA } : describeError(error, codes),
        },
      },
    ];
  });
  return Object.fromEntries(described);
}

function describeError(schema: Json, codes: readonly ErrorCode[]): Json {
  const examples = codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]);
  return { schema, examples: Object.fromEntries(examples) };
}

function possibleErrors({
  access,
  params,
  query,
  body,
  errors = [],
  isUnlimited,
  needsVersion,
}: RouteDefinition): Set<ErrorCode> {
  return new Set<ErrorCode>([
    ...(params || query || body ? (["bad-request"] as const) : []),
    ...(access.by === "public" ? [] : (["unauthenticated", "forbidden"] as const)),
    ...(params ? (["not-found"] as const) : []),
    ...(body ? (["too-large", "unsupported-media-type"] as const) : []),
    ...(isUnlimited ? [] : (["rate-limited"] as const)),
    ...(needsVersion ? (["precondition-failed", "precondition-required"] as const) : []),
    ...errors,
    "internal",
    "unavailable",
  ]);
}

function jsonContent(schema: Json): Json {
  return { "application/json": { schema } };
}
