import {
  InstallLine,
  InstallOptions,
  InstallScriptQuery,
  INSTALL_SYSTEMS,
  NewInstallLine,
} from "@muster/shared/contracts/install.ts";
import { actorOf } from "../../identity/index.ts";
import { MusterError } from "../../platform/errors.ts";
import { type Route, route } from "../../platform/http/route.ts";
import { API_HEADERS } from "../../platform/http/security-headers.ts";
import type { InstallLines } from "./install-lines.service.ts";
import { INSTALL_SCRIPTS } from "./install-script.ts";

const common = {
  group: "Install lines",
  access: { by: "member", role: "operator", scope: "write", appliesCustomerLimit: true },
} as const;

export function createInstallRoutes(lines: InstallLines): Route[] {
  return [
    route(
      {
        ...common,
        method: "get",
        path: "/api/v1/install-options",
        operationId: "getInstallOptions",
        summary: "Get the systems that have an install line, with warnings",
        answer: InstallOptions,
        status: 200,
      },
      () => lines.options(),
    ),
    route(
      {
        ...common,
        method: "post",
        path: "/api/v1/install-lines",
        operationId: "createInstallLine",
        summary: "Create an install line with a new token; it is returned only once",
        body: NewInstallLine,
        answer: InstallLine,
        status: 201,
      },
      ({ caller, body, requestId }) => lines.create(caller, body, { actor: actorOf(caller), requestId }),
    ),
    ...INSTALL_SYSTEMS.map((system) =>
      route(
        {
          method: "get",
          path: `/install/${INSTALL_SCRIPTS[system].file}`,
          operationId: `download${system.charAt(0).toUpperCase()}${system.slice(1)}InstallScript`,
          summary: `Get the script that an install line for ${system} downloads`,
          group: "Install lines",
          access: { by: "public" },
          query: InstallScriptQuery,
          answerType: "text/plain",
          status: 200,
          errors: ["not-found"],
        },
        async ({ query: { sha256 }, context }) => {
          const text = await lines.findScript(system, sha256);
          if (text === null) throw new MusterError("not-found", notFoundText(sha256));
          return context.body(text, 200, { ...API_HEADERS, "content-type": "text/plain; charset=utf-8" });
        },
      ),
    ),
  ];
}

function notFoundText(sha256: string | undefined): string {
  return sha256 === undefined
    ? "The server has no agent for this system."
    : "There is no script with this hash any more. Make a new install line.";
}
