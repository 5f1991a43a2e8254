import type {
  DeviceFacet,
  DeviceFacetQuery,
  DeviceFacets,
  FacetChoice,
} from "@muster/shared/contracts/device.ts";
import { nameKeyOf } from "@muster/shared/name-key.ts";
import { compareSortKeys, naturalSortKey } from "@muster/shared/natural-order.ts";
import type { Read } from "../../platform/read-threads/read.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { countFacets, type FacetCounts } from "./device-facets.repository.ts";

type FacetsInput = { tenant: Tenant; query: DeviceFacetQuery; now: number };

/** The choices of filters with the number of devices that each would give. */
export const deviceFacets: Read<FacetsInput, DeviceFacets> = {
  name: "devices.facets",
  open:
    ({ read }) =>
    async ({ tenant, query, now }, turn) => {
      const { facet: facets, find = "", limit, ...filter } = query;
      const pause = () => turn.pause();
      const { total, counts } = await countFacets(read, tenant, { facets, filter }, { now, pause });
      return {
        total,
        facets: [...counts].map(([facet, values]) => ({
          facet,
          ...choicesOf(values, { chosen: chosenOf(query, facet), find, limit }),
        })),
      };
    },
};

type Choosing = { chosen: readonly string[]; find: string; limit: number };

/** The most frequent choices, and those that are chosen whether they are frequent or not. */
function choicesOf(
  counts: FacetCounts,
  { chosen, find, limit }: Choosing,
): { choices: FacetChoice[]; more: number } {
  const key = nameKeyOf(find);
  const isFound = ({ value, name }: FacetChoice) => key === "" || nameKeyOf(name ?? value).includes(key);
  const all = [...counts].map(([value, { name, devices }]) => ({ value, name, devices })).filter(isFound);
  const sorted = all
    .map((choice) => ({ choice, key: naturalSortKey(choice.name ?? choice.value) }))
    .toSorted((a, b) => b.choice.devices - a.choice.devices || compareSortKeys(a.key, b.key))
    .map(({ choice }) => choice);
  const first = sorted.slice(0, limit);
  const shown = new Set(first.map(({ value }) => value));
  const others = chosen
    .filter((value) => !shown.has(value))
    .map((value) => ({
      value,
      name: counts.get(value)?.name ?? null,
      devices: counts.get(value)?.devices ?? 0,
    }))
    .filter(isFound);
  const listed = others.filter(({ value }) => counts.has(value)).length;
  return { choices: [...first, ...others], more: all.length - first.length - listed };
}

function chosenOf(query: DeviceFacetQuery, facet: DeviceFacet): readonly string[] {
  const chosen = query[facet];
  return typeof chosen === "boolean" ? [String(chosen)] : (chosen ?? []);
}
