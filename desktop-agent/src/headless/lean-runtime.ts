import { setFlagsFromString } from "node:v8";

/**
 * Keeps V8's optimizing compilers out of a process that works for milliseconds in half a minute: they would cost 6 MiB of memory and
 * gain nothing. To be called before the program's modules are loaded.
 */
export function keepRuntimeLean(): void {
  setFlagsFromString("--no-opt");
  setFlagsFromString("--no-maglev");
}
