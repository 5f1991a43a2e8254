import { lookup as lookUpWithSystem } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import type { GuardedRequestError } from "./guarded-request-error.ts";

type ResolvedAddress = { address: string; family: number };

/** Resolves a name to all of its addresses. */
export type ResolveAll = (name: string) => Promise<readonly ResolvedAddress[]>;

export const resolveWithSystem: ResolveAll = (name) => lookUpWithSystem(name, { all: true });

/**
 * The lookup of a connection. It refuses a name when any of its addresses is not allowed, and the connection uses only what it returns, so
 * a name that resolves to something else a moment later changes nothing.
 */
export function createGuardedLookup(
  resolve: ResolveAll,
  refusalOf: (address: string) => GuardedRequestError | null,
): LookupFunction {
  return (name, options, callback) => {
    resolve(name).then(
      (addresses) => {
        if (addresses.length === 0) return callback(notFound(name), []);
        const refusal = addresses.map(({ address }) => refusalOf(address)).find((found) => found !== null);
        if (refusal) return callback(refusal, []);
        // Node asks for one address where it does not race several.
        const [first] = addresses;
        if (!options.all && first) return callback(null, first.address, first.family);
        return callback(null, [...addresses]);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), []),
    );
  };
}

function notFound(name: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${name} has no address`), { code: "ENOTFOUND" });
}
