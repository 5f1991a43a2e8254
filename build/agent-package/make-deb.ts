import { chmod, copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import agentPackage from "../../desktop-agent/package.json" with { type: "json" };
import { agentLicences } from "./licences.ts";
import { hasProgram, runProgram } from "./run-program.ts";

export type DebOptions = {
  root: string;
  /** The agent as one file. */
  executable: string;
  /** Where the package goes. */
  folder: string;
  /** Debian's revision of the package; 1 unless given. */
  revision?: number;
  /** As Debian calls it; amd64 unless given. */
  architecture?: "amd64" | "arm64";
  /** Compression of dpkg-deb; xz unless given. */
  compression?: "xz" | "none";
};

const MAINTAINER_SCRIPTS = ["postinst", "prerm", "postrm"];
/** An empty configuration. Its content never changes, so that an upgrade never asks about it. */
const EMPTY_CONFIGURATION = "{}\n";

/** Whether this system can make the package. */
export function canMakeDeb(): boolean {
  return process.platform === "linux" && process.arch === "x64" && hasProgram("dpkg-deb");
}

/** Makes the agent's package for Debian and derivatives. @returns its path */
export async function makeDeb(options: DebOptions): Promise<string> {
  const { root, executable, folder, revision = 1, architecture = "amd64", compression = "xz" } = options;
  const version = `${agentPackage.version}-${revision}`;
  const tree = path.join(folder, `deb-${version}`);
  const file = path.join(folder, `muster-agent_${version}_${architecture}.deb`);
  const own = path.join(import.meta.dirname, "deb");

  const put = async (name: string, content: string | { from: string }, mode: number) => {
    const target = path.join(tree, name);
    await mkdir(path.dirname(target), { recursive: true, mode: 0o755 });
    if (typeof content === "string") await writeFile(target, content);
    else await copyFile(content.from, target);
    await chmod(target, mode);
  };

  await put("usr/bin/muster-agent", { from: executable }, 0o755);
  const unit = path.join(root, "deploy", "systemd", "muster-agent.service");
  await put("usr/lib/systemd/system/muster-agent.service", { from: unit }, 0o644);
  await put("etc/muster-agent/config.json", EMPTY_CONFIGURATION, 0o600);
  await put("usr/share/doc/muster-agent/copyright", await agentLicences(root), 0o644);
  await put("DEBIAN/control", control(version, architecture), 0o644);
  await put("DEBIAN/conffiles", "/etc/muster-agent/config.json\n", 0o644);
  for (const script of MAINTAINER_SCRIPTS) {
    await put(`DEBIAN/${script}`, { from: path.join(own, script) }, 0o755);
  }
  await runProgram("dpkg-deb", ["--root-owner-group", `-Z${compression}`, "--build", tree, file]);
  await rm(tree, { recursive: true });
  return file;
}

function control(version: string, architecture: string): string {
  return `Package: muster-agent
Version: ${version}
Architecture: ${architecture}
Maintainer: Muster <muster@localhost>
Section: admin
Priority: optional
Depends: libc6 (>= 2.28), libstdc++6, libgcc-s1 | libgcc1
Description: reports this machine to its Muster fleet
 Measures the machine, reports to one server, and performs the actions that the
 server signs and the machine's administrator allows. Enrol it with "muster-agent enrol".
`;
}
