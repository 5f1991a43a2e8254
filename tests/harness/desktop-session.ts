import { spawn } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { vi } from "vitest";
import { createLinuxMessages } from "../../desktop-agent/src/platform/linux/linux-messages.ts";
import { createSystemFiles } from "../../desktop-agent/src/platform/linux/system-files.ts";
import type { MessagePort } from "../../desktop-agent/src/platform/ports.ts";
import { createCommands } from "../../desktop-agent/src/platform/run-command.ts";
import { createSystemClock } from "../../desktop-agent/src/platform/system-clock.ts";
import { busConfiguration, writeLoginPrograms, writeProgram } from "./desktop-programs.ts";
import { readFramebuffer, type Screenshot } from "./framebuffer.ts";

export type ShownNotification = { appName: string; title: string; body: string };

/** A desktop of a user: a display without a screen, a message bus and, if wanted, a notification daemon. */
export type DesktopSession = {
  user: string;
  /** Messages as an agent on this machine shows them. Only this desktop is logged in, and `wall` is not there. */
  messages: MessagePort;
  screenshot(): Screenshot;
  /** Presses a button of the notification on the screen by its label. */
  press(label: string): Promise<void>;
  /** Closes what is on the screen, and gives what was shown, the newest first. */
  closeAll(): Promise<ShownNotification[]>;
  lock(): void;
  logOut(): void;
  stop(): void;
};

const LIMIT_MS = 20_000;
const SESSION = "7";
const SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
// A program of the desktop must not outlive the tests, however they end.
const [SETPRIV, ...TIED] = ["setpriv", "--pdeathsig", "TERM"];

/** Starts the desktop: as root for the user "nobody", so that the agent has to change accounts; else for ourselves. */
export async function startDesktopSession(options: { hasDaemon: boolean }): Promise<DesktopSession> {
  const isRoot = process.getuid?.() === 0;
  const [user, uid] = isRoot ? ["nobody", 65_534] : [userInfo().username, userInfo().uid];
  const folder = mkdtempSync(join(tmpdir(), "muster-desktop-"));
  const place = (name: string) => join(folder, name);
  mkdirSync(place("bin"));
  mkdirSync(place("screen"));
  for (const path of [folder, place("screen")]) if (isRoot) chownSync(path, uid, uid);
  chmodSync(folder, 0o755);

  const drop = isRoot ? [`--reuid=${uid}`, `--regid=${uid}`, "--clear-groups"] : [];
  const environment = [
    `PATH=${SYSTEM_PATH}`,
    `HOME=${folder}`,
    `XDG_SESSION_ID=${SESSION}`,
    "LC_ALL=C.UTF-8",
  ];
  const asUser = (command: string[]) => [...drop, "--", "env", "-i", ...environment, ...command];
  const children: { kill(): void }[] = [];
  const start = async (command: string[]): Promise<string> => {
    const child = spawn(SETPRIV, [...TIED, ...asUser(command)], { stdio: ["ignore", "pipe", "ignore"] });
    children.push(child);
    for await (const line of createInterface(child.stdout)) return line;
    throw new Error(`${command[0] ?? ""} did not start`);
  };

  const screen = ["-screen", "0", "640x360x24", "-fbdir", place("screen"), "-nolisten", "tcp"];
  environment.push(`DISPLAY=:${await start(["Xvfb", "-displayfd", "1", ...screen])}`);
  writeFileSync(place("bus.conf"), busConfiguration(place("bus")));
  const bus = ["dbus-daemon", "--nofork", "--nosyslog", "--print-address=1"];
  environment.push(`DBUS_SESSION_BUS_ADDRESS=${await start([...bus, `--config-file=${place("bus.conf")}`])}`);

  const { run } = createCommands({ PATH: SYSTEM_PATH });
  const inSession = async (...command: string[]): Promise<string> => {
    const result = await run(SETPRIV, asUser(command), { timeoutMs: LIMIT_MS });
    if (result.kind === "exited" && result.code === 0) return result.stdout;
    throw new Error(`${command.join(" ")}: ${JSON.stringify(result)}`);
  };
  writeProgram(place("bin/pick"), `grep -m1 -F -f ${place("choice")}`);
  writeFileSync(place("dunstrc"), dunstConfiguration(place("bin/pick")));
  const daemon = options.hasDaemon ? ["dunst", "-config", place("dunstrc")] : ["sleep", "infinity"];
  children.push(spawn(SETPRIV, [...TIED, ...asUser(daemon)], { stdio: "ignore" }));
  if (options.hasDaemon) await vi.waitFor(() => inSession("dunstctl", "is-paused"), LIMIT_MS);

  const logIn = (isLocked: boolean) =>
    writeLoginPrograms(place("bin"), [{ id: SESSION, user, uid, isLocked }]);
  logIn(false);
  writeProgram(place("bin/wall"), "exit 1");

  return {
    user,
    messages: createLinuxMessages({
      commands: createCommands({ PATH: `${place("bin")}:${SYSTEM_PATH}` }),
      files: createSystemFiles(),
      clock: createSystemClock(),
      ownUid: process.getuid?.() ?? -1,
    }),
    screenshot: () => readFramebuffer(place("screen/Xvfb_screen0")),
    press: async (label) => {
      writeFileSync(place("choice"), `${label}\n`);
      await inSession("dunstctl", "context");
    },
    closeAll: async () => {
      await inSession("dunstctl", "close-all");
      return parseHistory(await inSession("dunstctl", "history"));
    },
    lock: () => logIn(true),
    logOut: () => writeLoginPrograms(place("bin"), []),
    stop: () => {
      for (const child of children.toReversed()) child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// Buttons are chosen in a menu that another program draws: here one that takes the wanted line.
function dunstConfiguration(menu: string): string {
  return `[global]
  font = DejaVu Sans 11
  width = 420
  origin = top-right
  offset = 16x16
  padding = 14
  horizontal_padding = 16
  frame_width = 1
  markup = full
  format = "<b>%s</b>\\n%b"
  dmenu = ${menu}
`;
}

// What busctl prints of an array of dictionaries.
type History = { data: Record<string, { data: unknown }>[][] };

function parseHistory(text: string): ShownNotification[] {
  const history: History = JSON.parse(text);
  return (history.data[0] ?? []).map((entry) => ({
    appName: String(entry.appname?.data),
    title: String(entry.summary?.data),
    body: String(entry.body?.data),
  }));
}
