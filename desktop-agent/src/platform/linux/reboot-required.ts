import type { SystemFiles } from "./system-files.ts";

// Written by packages of Debian and Ubuntu, and by those of SUSE.
const FLAG_FILES = ["/run/reboot-required", "/run/reboot-needed"];

/**
 * Whether updates wait for a reboot: a flag file, or a newer kernel of the same flavour beside the running one. Null where the
 * system has neither sign, as in a container.
 */
export function isRebootRequired(files: SystemFiles): boolean | null {
  if (FLAG_FILES.some((path) => files.has(path))) return true;
  const running = files.read("/proc/sys/kernel/osrelease")?.trim();
  const root = ROOTS.find((path) => files.list(`${path}/lib/modules`).length > 0) ?? "";
  const releases = files.list(`${root}/lib/modules`).filter((name) => /^\d+\.\d+/.test(name));
  // A kernel without its modules did not come from this system's packages.
  if (running === undefined || !releases.includes(running)) return null;
  return releases.some(
    (release) =>
      flavour(release) === flavour(running) &&
      isNewer(release, running) &&
      isInstalled(files, root, release, running),
  );
}

// The unit of the service hides /lib/modules from it (ProtectKernelModules); process 1 still sees the folder.
const ROOTS = ["", "/proc/1/root"];

// Files that packages install and remove. modules.dep and locally built modules stay after a removal.
const PACKAGED = ["kernel", "modules.builtin", "modules.order"];

// A module folder may be left over from a removed kernel: it has no image although the running kernel has one. Where image names contain
// no release (Raspberry Pi), the folder must contain the same packaged files as the running kernel's folder.
function isInstalled(files: SystemFiles, root: string, release: string, running: string): boolean {
  if (hasImage(files, root, running)) return hasImage(files, root, release);
  const folder = `${root}/lib/modules/${release}`;
  return (
    ["modules.dep", "modules.dep.bin"].some((name) => files.has(`${folder}/${name}`)) &&
    PACKAGED.every(
      (name) => files.has(`${folder}/${name}`) || !files.has(`${root}/lib/modules/${running}/${name}`),
    )
  );
}

function hasImage(files: SystemFiles, root: string, release: string): boolean {
  return IMAGES.some((path) => files.has(root + path.replace("*", release)));
}

const IMAGES = ["/boot/vmlinuz-*", "/boot/vmlinux-*", "/boot/Image-*", "/lib/modules/*/vmlinuz"];

// "6.1.0-18-cloud-amd64" and "6.1.0-18-amd64" are different kernels that do not replace each other.
function flavour(release: string): string {
  return release.replaceAll(/[\d._]+/g, "");
}

function isNewer(release: string, than: string): boolean {
  const others = numbers(than);
  for (const [index, part] of numbers(release).entries()) {
    const other = others[index] ?? 0;
    if (part !== other) return part > other;
  }
  return false;
}

function numbers(release: string): number[] {
  return (release.match(/\d+/g) ?? []).map(Number);
}
