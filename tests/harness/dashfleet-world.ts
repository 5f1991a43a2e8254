import type { LegacyGrant } from "@muster/shared/contracts/identity.ts";
import { createCompat } from "../../server/src/compat/index.ts";
import type { LegacyDevice } from "../../server/src/fleet/index.ts";
import { commandLineActor } from "../../server/src/identity/index.ts";
import type { Dialect } from "../../server/src/platform/database/store.ts";
import { createApp } from "../../server/src/platform/http/app.ts";
import type { Route } from "../../server/src/platform/http/route.ts";
import { type ActionWorld, startActions } from "./action-world.ts";
import { type FleetTenant, makeFleetTenant } from "./fleet-server.ts";
import { statusPartsOf } from "./status-parts.ts";

const ORIGIN = "http://localhost:8080";
const shell = { actor: commandLineActor("root"), requestId: null, fixedRole: "operator" } as const;

export type WireAnswer = { status: number; body: ReturnType<typeof JSON.parse>; cookie: string | null };
type How = { bearer?: string; cookie?: string; origin?: string; body?: unknown };

export type DashfleetWorld = ActionWorld & {
  /** Speaks as DashFleet's clients do: to their routes without a content type, and without an Origin unless given. */
  speak(method: string, path: string, how?: How): Promise<WireAnswer>;
  /** The routes of the wire; `appOptions` has the native ones. */
  wireRoutes: readonly Route[];
  /** Runs jobs of the fleet; `runJobs` runs those of actions. */
  runFleetJobs(...names: string[]): Promise<void>;
};

/** Everything up to the older wires, behind the real app on a real, empty database. */
export async function startDashfleet(dialect: Dialect): Promise<DashfleetWorld> {
  const world = await startActions(dialect);
  const status = statusPartsOf(world);
  const alerting = { readPublicStatuses: status.readAll };
  const { routes } = createCompat({ ...world, alerting, hasTls: false });
  const app = createApp({
    ...world.appOptions,
    authenticateLegacyKey: world.identity.legacyKeys.authenticate,
    allowedOrigins: new Set([ORIGIN]),
    routes: [...world.appOptions.routes, ...world.actions.routes, ...status.routes, ...routes],
  });
  return {
    ...world,
    wireRoutes: routes.filter(({ definition }) => definition.wire?.system === "dashfleet"),
    async runFleetJobs(...names) {
      for (const name of names) {
        const job = world.fleet.jobs.find((one) => one.name === name);
        if (!job) throw new Error(`the fleet has no job ${name}`);
        await job.run(new AbortController().signal);
      }
    },
    async speak(method, path, { bearer, cookie, origin, body } = {}) {
      const headers = new Headers();
      if (path.startsWith("/api/v1/")) headers.set("content-type", "application/json");
      if (bearer !== undefined) headers.set("authorization", `Bearer ${bearer}`);
      if (cookie !== undefined) headers.set("cookie", cookie);
      if (origin !== undefined) headers.set("origin", origin);
      const init = { method, headers, ...(body !== undefined && { body: bytesOf(body) }) };
      const answer = await app.request(path, init);
      const text = await answer.text();
      const [setCookie] = answer.headers.getSetCookie();
      return {
        status: answer.status,
        body: text === "" ? null : JSON.parse(text),
        cookie: setCookie ?? null,
      };
    },
  };
}

/** All machines with DashFleet's agent of an organization. */
export async function listMachines({ fleet }: DashfleetWorld, orgId: string): Promise<LegacyDevice[]> {
  const machines: LegacyDevice[] = [];
  for await (const page of fleet.legacyDevices.pages(orgId, "dashfleet")) machines.push(...page);
  return machines;
}

export type DashfleetTenant = FleetTenant & {
  agent: string;
  operator: string;
  makeKey(grants: LegacyGrant[], machineId?: string): Promise<string>;
};

/** An organization with a key of each kind. */
export async function makeDashfleetTenant(world: DashfleetWorld): Promise<DashfleetTenant> {
  const tenant = await makeFleetTenant(world);
  async function makeKey(grants: LegacyGrant[], machineId: string | null = null): Promise<string> {
    const wanted = { name: grants.join(), grants, machineId };
    return (await world.identity.apiKeys.createLegacy(tenant.orgId, wanted, shell)).secret;
  }
  return {
    ...tenant,
    makeKey,
    agent: await makeKey(["dashfleet-agent"]),
    operator: await makeKey(["dashfleet-operator"]),
  };
}

/** The report that DashFleet's original collector made on Linux, of the machine `machineId`. */
export function originalReport(machineId = "vm") {
  return {
    machine_id: machineId,
    report: {
      timestamp: "2026-11-20T08:31:06",
      cpu_percent: 8.6,
      ram_percent: 3.5,
      ram_used_gib: 0.52,
      ram_total_gib: 23.54,
      disk_percent: 30.0,
      disk_used_gib: 30.47,
      disk_total_gib: 251.97,
      uptime_seconds: 1224.956374168396,
      uptime_hms: "00:20:24",
      system: {
        os: "Linux",
        os_version: "6.18.44",
        platform: "Linux-6.18.44-x86_64-with-glibc2.36",
        architecture: "x86_64",
        python_version: "3.11.2",
        hardware_id: "0x2fc00000001",
      },
      health: { score: 100, status: "ok", components: { cpu: 100, ram: 100, disk: 100 } },
    },
  };
}

/** What the original collector sent, byte for byte; `machine` is its name. */
export function originalReportBytes(machine = "vm"): string {
  return `{"machine_id":"${machine}","report":{"timestamp":"2026-11-20T08:31:06","cpu_percent":8.6,"ram_percent":3.5,"ram_used_gib":0.52,"ram_total_gib":23.54,"disk_percent":30.0,"disk_used_gib":30.47,"disk_total_gib":251.97,"uptime_seconds":1224.956374168396,"uptime_hms":"00:20:24","system":{"os":"Linux","os_version":"6.18.44","platform":"Linux-6.18.44-x86_64-with-glibc2.36","architecture":"x86_64","python_version":"3.11.2","hardware_id":"0x2fc00000001"},"health":{"score":100,"status":"ok","components":{"cpu":100,"ram":100,"disk":100}}}}`;
}

function bytesOf(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}
