import { useLocation, useSearch } from "wouter";

/** Filters that the address has, so that they survive a reload and can be shared. `change` with null removes one. */
export function useAddressFilter<Name extends string>(names: readonly Name[]) {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const parameters = new URLSearchParams(search);
  const values: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = parameters.get(name);
    if (value !== null) values[name] = value;
  }
  const change = (changes: Partial<Record<Name, string | null>>) => {
    for (const name of names) {
      const value = changes[name];
      if (value === undefined) continue;
      if (value === null) parameters.delete(name);
      else parameters.set(name, value);
    }
    navigate(parameters.size === 0 ? path : `${path}?${parameters.toString()}`, { replace: true });
  };
  return {
    values,
    isNarrowed: Object.keys(values).length > 0,
    change,
    clear() {
      for (const name of names) parameters.delete(name);
      change({});
    },
  };
}
