import { useCallback, useMemo, useState } from "react";
import { useShortcuts } from "../../ui/use-shortcuts.ts";

export type Selection = {
  ids: ReadonlySet<string>;
  /** How many devices match the filters, when all of them are selected and not only those that are loaded; otherwise null. */
  matching: number | null;
  isSelected: (id: string) => boolean;
  /** Selects a device or not; ends the selection of all that match. */
  toggle: (id: string) => void;
  replace: (ids: readonly string[]) => void;
  /** True since all loaded devices were selected together, although more may have been loaded meanwhile. */
  isAllLoaded: boolean;
  selectAllLoaded: (ids: readonly string[]) => void;
  selectMatching: (count: number) => void;
};

type State = { key: string; ids: ReadonlySet<string>; isAllLoaded: boolean; matching: number | null };

const emptyState = (key: string): State => ({ key, ids: new Set(), isAllLoaded: false, matching: null });

/** Which devices are selected; a new query (`key`) starts with none. */
export function useSelection(key: string): Selection {
  const [stored, setState] = useState<State>(() => emptyState(key));
  const state = useMemo(() => (stored.key === key ? stored : emptyState(key)), [stored, key]);
  const toggle = useCallback(
    (id: string) =>
      setState((known) => {
        const { ids, matching } = known.key === key ? known : emptyState(key);
        const next = new Set(ids);
        // While all that match are selected, a row that was loaded later is unselected, too.
        if (!next.delete(id) && matching === null) next.add(id);
        return { ...emptyState(key), ids: next };
      }),
    [key],
  );
  const replace = useCallback(
    (next: readonly string[]) => setState({ ...emptyState(key), ids: new Set(next) }),
    [key],
  );
  const selectAllLoaded = useCallback(
    (next: readonly string[]) => setState({ ...emptyState(key), ids: new Set(next), isAllLoaded: true }),
    [key],
  );
  const selectMatching = useCallback(
    (count: number) =>
      setState((known) => ({ ...(known.key === key ? known : emptyState(key)), matching: count })),
    [key],
  );
  return useMemo(
    () => ({
      ids: state.ids,
      matching: state.matching,
      isSelected: (id) => state.matching !== null || state.ids.has(id),
      toggle,
      replace,
      isAllLoaded: state.isAllLoaded,
      selectAllLoaded,
      selectMatching,
    }),
    [state, toggle, replace, selectAllLoaded, selectMatching],
  );
}

type ListKeys = {
  order: readonly string[];
  /** The element that takes the focus. */
  gridId?: string;
  onOpen: (id: string) => void;
  onSelect: (id: string) => void;
};

/** Moves through the list by J and K or the arrows; Enter opens, Space or X selects, Escape leaves. Returns the active row. */
export function useListKeys({ order, gridId = "device-grid", onOpen, onSelect }: ListKeys): string | null {
  const [active, setActive] = useState<string | null>(null);
  const place = active === null ? -1 : order.indexOf(active);

  function move(step: number) {
    const next = order[Math.max(0, Math.min(order.length - 1, place + step))];
    if (next === undefined) return;
    setActive(next);
    document.getElementById(gridId)?.focus({ preventScroll: true });
  }
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    arrowdown: () => move(1),
    arrowup: () => move(-1),
    home: () => move(-order.length),
    end: () => move(order.length),
    ...(place >= 0 && active !== null && !isControlFocused()
      ? {
          enter: () => onOpen(active),
          " ": () => onSelect(active),
          x: () => onSelect(active),
          escape: () => setActive(null),
        }
      : {}),
  });
  return place >= 0 ? active : null;
}

function isControlFocused(): boolean {
  return (
    document.activeElement instanceof HTMLElement &&
    document.activeElement.matches("a, button, input, [role=separator]")
  );
}
