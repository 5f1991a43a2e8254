import type { SystemFiles } from "./system-files.ts";

const ROOT = "/sys/fs/cgroup";

/**
 * Reads a file of this container's control group (version 2). With a cgroup namespace the container's group is the root; otherwise
 * /proc/1/cgroup contains its path. Undefined on a host: the root group has no limits.
 */
export function readUnifiedGroup(files: SystemFiles, name: string): string | undefined {
  return readFirst(files, [`${ROOT}${groupPath(files, "")}/${name}`, `${ROOT}/${name}`]);
}

/** The same for version 1, where each controller has a folder; some systems mount two controllers in one folder. */
export function readLegacyGroup(
  files: SystemFiles,
  controller: "cpu" | "cpuacct" | "cpuset" | "memory" | "blkio",
  name: string,
): string | undefined {
  const path = groupPath(files, controller);
  const folders = controller.startsWith("cpu") ? [controller, "cpu,cpuacct"] : [controller];
  return readFirst(
    files,
    folders.flatMap((folder) => [`${ROOT}/${folder}${path}/${name}`, `${ROOT}/${folder}/${name}`]),
  );
}

function readFirst(files: SystemFiles, paths: readonly string[]): string | undefined {
  for (const path of new Set(paths)) {
    const text = files.read(path)?.trim();
    if (text !== undefined && text !== "") return text;
  }
  return undefined;
}

// "0::/docker/1f2e", "4:cpu,cpuacct:/lxc/101". Systemd in a container moves itself into the child group init.scope.
function groupPath(files: SystemFiles, controller: string): string {
  for (const line of (files.read("/proc/1/cgroup") ?? "").split("\n")) {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (path === undefined || path.split("/").includes("..")) continue;
    if (controllers?.split(",").includes(controller)) return path.replace(/\/(init\.scope)?$/, "");
  }
  return "";
}
