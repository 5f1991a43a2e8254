import { useCallback, useMemo, useState } from "react";
import { useShortcuts } from "../../ui/use-shortcuts.ts";

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

type ListKeys = {
  order: readonly string[];
  onOpen: (id: string) => void;
  onSelect: (id: string) => void;
};

/** Moves through the list by J and K or the arrows; Enter opens, Space or X selects, Escape leaves. Returns the active device. */
export function useListKeys({ order, onOpen, onSelect }: ListKeys): string | null {
  const [active, setActive] = useState<string | null>(null);
  const place = active === null ? -1 : order.indexOf(active);

  function move(step: number) {
    const next = order[Math.max(0, Math.min(order.length - 1, place + step))];
    if (next === undefined) return;
    setActive(next);
    document.getElementById("device-grid")?.focus({ preventScroll: true });
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
  return document.activeElement instanceof HTMLElement && document.activeElement.matches("a, button, input");
}
