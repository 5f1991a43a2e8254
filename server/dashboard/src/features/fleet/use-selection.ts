import { useCallback, useMemo, useState } from "react";

export type Selection = {
  ids: ReadonlySet<string>;
  toggle: (id: string) => void;
  replace: (ids: readonly string[]) => void;
};

/** Which devices are selected; a new query (`key`) starts with none. */
export function useSelection(key: string): Selection {
  const [state, setState] = useState<{ key: string; ids: ReadonlySet<string> }>({ key, ids: new Set() });
  const ids = useMemo(() => (state.key === key ? state.ids : new Set<string>()), [state, key]);
  const toggle = useCallback(
    (id: string) =>
      setState((known) => {
        const next = new Set(known.key === key ? known.ids : []);
        if (!next.delete(id)) next.add(id);
        return { key, ids: next };
      }),
    [key],
  );
  const replace = useCallback((next: readonly string[]) => setState({ key, ids: new Set(next) }), [key]);
  return useMemo(() => ({ ids, toggle, replace }), [ids, toggle, replace]);
}
