import { ActionType } from "@muster/shared/actions/catalog.ts";
import { ActionState } from "@muster/shared/contracts/action.ts";
import { useLocation, useSearch } from "wouter";
import type { ActionFilter } from "../../api/action-calls.ts";

const NARROWING = ["state", "type", "batch"] as const;

/** The filter as the address has it, so that it survives a reload and can be handed on. */
export function useActionFilter() {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const parameters = new URLSearchParams(search);
  const filter: ActionFilter = {
    state: ActionState.options.find((state) => state === parameters.get("state")),
    type: ActionType.options.find((type) => type === parameters.get("type")),
    batchId: parameters.get("batch") ?? undefined,
  };
  const go = () =>
    navigate(parameters.size === 0 ? path : `${path}?${parameters.toString()}`, { replace: true });
  return {
    filter,
    isNarrowed: Object.values(filter).some((value) => value !== undefined),
    change(name: (typeof NARROWING)[number], value: string | null) {
      if (value === null) parameters.delete(name);
      else parameters.set(name, value);
      go();
    },
    clear() {
      for (const name of NARROWING) parameters.delete(name);
      go();
    },
  };
}
