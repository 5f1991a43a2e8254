import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCommands } from "../run-command.ts";

export type HangingMount = { path: string; unmount(): Promise<void> };

// A FUSE file system whose server never answers its first message: every access waits.
const SERVER = `
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
fd = os.open("/dev/fuse", os.O_RDWR)
options = f"fd={fd},rootmode=40000,user_id=0,group_id=0".encode()
if libc.mount(b"hang", sys.argv[1].encode(), b"fuse", 0, options):
    sys.exit(os.strerror(ctypes.get_errno()))
print("mounted", flush=True)
sys.stdin.read()
`;

/** Mounts a real file system that never answers. Null where that needs rights or tools that are not there. */
export async function startHangingMount(): Promise<HangingMount | null> {
  const commands = createCommands({ PATH: "/usr/bin:/bin:/usr/sbin:/sbin" });
  const path = mkdtempSync(join(tmpdir(), "muster-hang-"));
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = commands.follow("python3", ["-c", SERVER, path], {
    onLine: () => resolve(true),
    onEnd: () => resolve(false),
  });
  const unmount = async () => {
    // Ending the server ends the connection, and with it every call that waits.
    server.stop();
    await commands.run("umount", ["-l", path], { timeoutMs: 5_000 });
    rmdirSync(path);
  };
  if (await promise) return { path, unmount };
  rmdirSync(path);
  return null;
}
