import { existsSync, watch } from "node:fs";
import { createPosixChannel } from "../posix-local-channel.ts";
import type { LocalChannelPort } from "../ports/local-channel-port.ts";
import type { RunCommand } from "../run-command.ts";
import { listLogins } from "./list-logins.ts";
import type { SystemFiles } from "./system-files.ts";

/** Where the service's channels are unless the environment names another folder. */
export const LINUX_RUN_FOLDER = "/run/muster-agent";
/** As the package and the installer leave them. */
const PROGRAMS = ["/usr/bin/muster-agent", "/usr/local/bin/muster-agent"];
/** The login manager keeps a file per session here, and replaces it with each change. */
const SESSIONS = "/run/systemd/sessions";
const WATCHED_EVERY_MS = 300_000;
const UNWATCHED_EVERY_MS = 60_000;

export type LinuxChannelDeps = {
  run: RunCommand;
  files: SystemFiles;
  ownUid: number;
  base: string;
  /** The login manager's folder. */
  sessions?: string;
};

/** Channels of everybody with a desktop, as unix sockets. */
export function createLinuxLocalChannel(deps: LinuxChannelDeps): LocalChannelPort {
  const { run, files, ownUid, base, sessions = SESSIONS } = deps;
  return {
    ...createPosixChannel({ base, programs: PROGRAMS, ownUid }),
    async users() {
      const { desktops } = await listLogins(run, files);
      const byId = new Map(desktops.map(({ uid, user }) => [String(uid), user]));
      return [...byId].map(([id, user]) => ({ id, user }));
    },
    usersEveryMs: () => (existsSync(sessions) ? WATCHED_EVERY_MS : UNWATCHED_EVERY_MS),
    watchUsers(changed) {
      if (!existsSync(sessions)) return () => undefined;
      const watcher = watch(sessions, { persistent: false }, () => changed());
      // The folder went with the login manager: the schedule remains.
      watcher.on("error", () => watcher.close());
      return () => watcher.close();
    },
  };
}
