import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { runProgram } from "./installed-agent.ts";

/** A minimal Debian 12 with systemd, wget and busybox, in a folder outside the clone, made once. Only root can; nobody may change it. */
export async function fetchDebianRoot(): Promise<string> {
  const cache = path.join(process.env["XDG_CACHE_HOME"] ?? path.join(os.homedir(), ".cache"), "muster");
  const tree = path.join(cache, "debian-bookworm");
  if (existsSync(tree)) return tree;
  await mkdir(cache, { recursive: true });
  const partial = `${tree}.partial`;
  await rm(partial, { recursive: true, force: true });
  const packages = "--include=systemd,systemd-sysv,dbus,wget,busybox";
  const { code, stderr } = await runProgram([
    "mmdebstrap",
    "--variant=minbase",
    packages,
    "bookworm",
    partial,
  ]);
  if (code !== 0) throw new Error(`Debian cannot be fetched: ${stderr}`);
  await rename(partial, tree);
  return tree;
}
