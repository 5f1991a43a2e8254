import type { LatePeople, People, PeopleDeps } from "./local-users.ts";

export function createLatePeople(deps: PeopleDeps): LatePeople {
  let loading: Promise<People> | null = null;
  let loaded: People | null = null;

  async function load(): Promise<People> {
    const { openPeople } = await import("./open-local-users.ts");
    loaded = await openPeople(deps);
    return loaded;
  }

  return {
    get() {
      // A disk that could not be read is read again by whoever asks next.
      loading ??= load().catch((error: unknown) => {
        loading = null;
        throw error;
      });
      return loading;
    },
    now: () => loaded,
  };
}
