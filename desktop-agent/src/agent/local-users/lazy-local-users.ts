import type { LazyLocalUsers, LocalUsers, LocalUsersDeps } from "./local-users.ts";

export function createLazyLocalUsers(deps: LocalUsersDeps): LazyLocalUsers {
  let loading: Promise<LocalUsers> | null = null;
  let loaded: LocalUsers | null = null;

  async function load(): Promise<LocalUsers> {
    const { openLocalUsers } = await import("./open-local-users.ts");
    loaded = await openLocalUsers(deps);
    return loaded;
  }

  return {
    load() {
      // The next caller tries again to read a disk that failed.
      loading ??= load().catch((error: unknown) => {
        loading = null;
        throw error;
      });
      return loading;
    },
    loaded: () => loaded,
  };
}
