import { useCallback, useEffect, useState } from "react";

/** Data read from the main process. A failed reload keeps the previous value. */
export type Resource<Value> = {
  value: Value | null;
  status: "loading" | "ready" | "failed";
  reload: () => void;
};

type Loaded<Value> = { request: string; value: Value | null; hasFailed: boolean };

/** Reads immediately and whenever `version` changes. Ignores an answer when a newer request was sent meanwhile. */
export function useResource<Value>(
  fetch: () => Promise<Value>,
  version: string | number | null,
): Resource<Value> {
  const [tries, setTries] = useState(0);
  const [loaded, setLoaded] = useState<Loaded<Value>>({ request: "", value: null, hasFailed: false });
  const request = `${version}/${tries}`;

  useEffect(() => {
    let isNewest = true;
    fetch().then(
      (value) => isNewest && setLoaded({ request, value, hasFailed: false }),
      () => isNewest && setLoaded(({ value }) => ({ request, value, hasFailed: true })),
    );
    return () => {
      isNewest = false;
    };
  }, [fetch, request]);

  const reload = useCallback(() => setTries((before) => before + 1), []);
  const isUpToDate = loaded.request === request;
  const status = isUpToDate && loaded.hasFailed ? "failed" : loaded.value === null ? "loading" : "ready";
  return { value: loaded.value, status, reload };
}
