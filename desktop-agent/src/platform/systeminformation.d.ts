// The parts of systeminformation that the probe loads. Their answers are untrusted, so they have no type here.
declare module "systeminformation/lib/system.js" {
  export function system(): Promise<unknown>;
  export function bios(): Promise<unknown>;
  export function baseboard(): Promise<unknown>;
  export function chassis(): Promise<unknown>;
}
declare module "systeminformation/lib/memory.js" {
  export function memLayout(): Promise<unknown>;
}
declare module "systeminformation/lib/graphics.js" {
  export function graphics(): Promise<unknown>;
}
declare module "systeminformation/lib/filesystem.js" {
  export function diskLayout(): Promise<unknown>;
}
