// Vitest setup file. `vi.waitFor` and `vi.waitUntil` give up after one second by default and have no setting for it: on a busy machine
// that is a flake. Here they wait as long as `expect.poll`, unless the test gives its own limit.
import { inject, vi } from "vitest";

declare module "vitest" {
  export interface ProvidedContext {
    /** How long a test waits for something that it gives no limit for. */
    patienceMs: number;
    /** Whether every combination and the full length is tested, instead of pairs and a shorter form. */
    isFullRun: boolean;
  }
}

const timeout = inject("patienceMs");
type Limit = number | { timeout?: number; interval?: number; message?: string };
const patient = (options?: Limit) =>
  typeof options === "number" ? { timeout: options } : { timeout, ...options };

const { waitFor, waitUntil } = vi;
vi.waitFor = (callback, options) => waitFor(callback, patient(options));
vi.waitUntil = (callback, options) => waitUntil(callback, patient(options));
