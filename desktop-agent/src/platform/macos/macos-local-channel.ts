import { outputOf } from "../command-output.ts";
import { createPosixChannel } from "../posix-local-channel.ts";
import type { LocalChannelPort } from "../ports/local-channel-port.ts";
import type { RunCommand } from "../run-command.ts";
import { parseConsoleUsers } from "./macos-sessions.ts";

/** Where the service's channels are unless the environment names another folder. */
export const MACOS_RUN_FOLDER = "/var/run/muster-agent";
/** As the installer leaves it. */
const PROGRAMS = ["/usr/local/bin/muster-agent"];
const LIMIT_MS = 5_000;
const EVERY_MS = 30_000;

/** Channels of everybody with a session, also one that fast user switching left in the background, as unix sockets. */
export function createMacosLocalChannel(run: RunCommand, ownUid: number, base: string): LocalChannelPort {
  return {
    ...createPosixChannel({ base, programs: PROGRAMS, ownUid }),
    async users() {
      const result = await run("/usr/sbin/ioreg", ["-n", "Root", "-d1", "-w0"], { timeoutMs: LIMIT_MS });
      // Without the property nobody has logged in since boot.
      const users = parseConsoleUsers(outputOf(result, "ioreg")) ?? [];
      const byId = new Map(users.map(({ uid, user }) => [String(uid), user]));
      return [...byId].map(([id, user]) => ({ id, user }));
    },
    usersEveryMs: () => EVERY_MS,
    watchUsers: () => () => undefined,
  };
}
