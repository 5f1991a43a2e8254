import { setImmediate } from "node:timers/promises";

const BATCH_SIZE = 250;

/** Checks credentials in batches: all requests of one event loop iteration together. */
export type CredentialRechecks = {
  /** True when the credential is still valid. */
  isValid(credentialId: string): Promise<boolean>;
};

/**
 * Every revocation makes all cached credentials stale, so they are checked in batches, not one by one. `applyCheck` stores the result
 * of `readValid` for the value of `epoch` before it, and returns the ids that are not valid.
 */
export function createCredentialRechecks(deps: {
  epoch: () => number;
  readValid: (ids: readonly string[]) => Promise<string[]>;
  applyCheck: (asked: readonly string[], valid: readonly string[], epoch: number) => ReadonlySet<string>;
}): CredentialRechecks {
  const { epoch, readValid, applyCheck } = deps;
  let open: { ids: Set<string>; revoked: Promise<ReadonlySet<string>> } | null = null;

  function begin() {
    const ids = new Set<string>();
    const revoked = setImmediate().then(() => {
      open = null;
      return check([...ids]);
    });
    return { ids, revoked };
  }

  async function check(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const revoked = new Set<string>();
    for (let start = 0; start < ids.length; start += BATCH_SIZE) {
      if (start > 0) await setImmediate();
      const batch = ids.slice(start, start + BATCH_SIZE);
      // The epoch is read before the rows: a revocation in between makes them stale again.
      const at = epoch();
      for (const id of applyCheck(batch, await readValid(batch), at)) revoked.add(id);
    }
    return revoked;
  }

  return {
    async isValid(credentialId) {
      open ??= begin();
      open.ids.add(credentialId);
      return !(await open.revoked).has(credentialId);
    },
  };
}
