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
      // A disk that could not be read is read again by whoever asks next.
      loading ??= load().catch((error: unknown) => {
        loading = null;
        throw error;
      });
      return loading;
    },
    loaded: () => loaded,
  };
}
