import type { Route } from "../../platform/http/route.ts";
import { createInstallLines, type InstallLines, type InstallLinesDeps } from "./install-lines.service.ts";
import { createInstallRoutes } from "./install.routes.ts";

export type Install = { routes: Route[]; lines: InstallLines };

/** The lines that install agents, and the scripts that they download. */
export function createInstall(deps: InstallLinesDeps): Install {
  const lines = createInstallLines(deps);
  return { routes: createInstallRoutes(lines), lines };
}
