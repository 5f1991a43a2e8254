import { setImmediate } from "node:timers/promises";

const BATCH_SIZE = 250;

/** Asks for all together about credentials that come within one turn of the event loop. */
export type CredentialRechecks = {
  /** Whether a credential is still valid. */
  isValid(credentialId: string): Promise<boolean>;
};

/**
 * Each right that anybody loses makes every known credential doubtful at once, so they are asked about in batches and not one by
 * one. `settle` takes over what `readValid` says, as of the epoch that `epoch` gave before, and returns those that are not valid.
 */
export function createCredentialRechecks(deps: {
  epoch: () => number;
  readValid: (ids: readonly string[]) => Promise<string[]>;
  settle: (asked: readonly string[], valid: readonly string[], epoch: number) => ReadonlySet<string>;
}): CredentialRechecks {
  const { epoch, readValid, settle } = deps;
  let open: { ids: Set<string>; revoked: Promise<ReadonlySet<string>> } | null = null;

  function begin() {
    const ids = new Set<string>();
    const revoked = setImmediate().then(() => {
      open = null;
      return ask([...ids]);
    });
    return { ids, revoked };
  }

  async function ask(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const revoked = new Set<string>();
    for (let start = 0; start < ids.length; start += BATCH_SIZE) {
      if (start > 0) await setImmediate();
      const asked = ids.slice(start, start + BATCH_SIZE);
      // Known before the rows are read: a revocation in between makes them doubtful again.
      const at = epoch();
      for (const id of settle(asked, await readValid(asked), at)) revoked.add(id);
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
