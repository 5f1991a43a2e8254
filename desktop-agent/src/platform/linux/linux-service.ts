import { existsSync } from "node:fs";
import { chmod, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { ServiceStart } from "../ports/installation-port.ts";
import type { RunCommand } from "../run-command.ts";
import { serviceManagerError } from "../service-manager-error.ts";
import { readServiceFile } from "../service-files.ts";

/** The agent's entry in a service manager. */
export type LinuxService = {
  start(program: string): Promise<ServiceStart>;
  /** Ends the service and removes its entry. */
  stop(): Promise<void>;
};

const UNIT = "muster-agent.service";
const UNIT_FILE = `/etc/systemd/system/${UNIT}`;
/** What starts the agent where systemd does not run; also by hand. */
const INIT_FILE = "/usr/local/sbin/muster-agent-service";
const INIT_LINK = "/etc/init.d/muster-agent";
const LIMIT_MS = 60_000;

/** Where this machine's services are: systemd, else System V's init, else nowhere. */
export function createLinuxService(run: RunCommand): LinuxService {
  return existsSync("/run/systemd/system") ? createUnit(run) : createInitScript(run);
}

/** Whether a file of a service is there, whatever manages services now. */
export const hasServiceFile = (): boolean => existsSync(UNIT_FILE) || existsSync(INIT_FILE);

/** Runs a command that must succeed. */
async function must(run: RunCommand, file: string, ...args: string[]): Promise<void> {
  const result = await run(file, args, { timeoutMs: LIMIT_MS });
  if (result.kind === "exited" && result.code === 0) return;
  throw new Error(`${file} ${args.join(" ")} failed: ${serviceManagerError(result)}`);
}

function createUnit(run: RunCommand): LinuxService {
  const systemctl = (...args: string[]) => must(run, "systemctl", ...args);
  return {
    async start(program) {
      const unit = await readServiceFile("muster-agent.service");
      await writeFile(UNIT_FILE, unit.replace(/^ExecStart=.*$/m, `ExecStart=${program} run`), {
        mode: 0o644,
      });
      await systemctl("daemon-reload");
      await systemctl("enable", UNIT);
      await systemctl("restart", UNIT);
      return { kind: "started", manager: "systemd" };
    },
    async stop() {
      if (existsSync(UNIT_FILE)) await systemctl("disable", "--now", UNIT);
      await rm(UNIT_FILE, { force: true });
      await systemctl("daemon-reload");
    },
  };
}

function createInitScript(run: RunCommand): LinuxService {
  return {
    async start(program) {
      const script = await readServiceFile("muster-agent.init");
      await mkdir(dirname(INIT_FILE), { recursive: true });
      await writeFile(INIT_FILE, script.replace(/^program=.*$/m, `program=${program}`));
      await chmod(INIT_FILE, 0o755);
      const isRegistered = await register(run);
      await must(run, INIT_FILE, "restart");
      return isRegistered
        ? { kind: "started", manager: "init" }
        : {
            kind: "on-your-own",
            advice: `The agent runs now. Have this system run "${INIT_FILE} start" at boot.`,
          };
    },
    async stop() {
      if (existsSync(INIT_FILE)) await must(run, INIT_FILE, "stop");
      await rm(INIT_LINK, { force: true });
      await run("update-rc.d", ["muster-agent", "remove"], { timeoutMs: LIMIT_MS });
      await rm(INIT_FILE, { force: true });
    },
  };
}

/** Has init start the agent at boot, where init scripts are. */
async function register(run: RunCommand): Promise<boolean> {
  if (!existsSync("/etc/init.d")) return false;
  await rm(INIT_LINK, { force: true });
  await symlink(INIT_FILE, INIT_LINK);
  const result = await run("update-rc.d", ["muster-agent", "defaults"], { timeoutMs: LIMIT_MS });
  if (result.kind === "exited" && result.code === 0) return true;
  await rm(INIT_LINK, { force: true });
  return false;
}
