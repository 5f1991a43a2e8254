import { foldCase, LAST_SORT_KEY, naturalSortKey } from "@muster/shared/natural-order.ts";

/** The facts of a device from which its search text and sort keys are made. */
export type ListingFacts = {
  label: string | null;
  hostname: string;
  user_name: string | null;
  serial: string | null;
  addresses: string;
  customer: string | null;
  /** JSON array. */
  tags: string;
};

export type Listing = { name_sort: string; customer_sort: string; search_text: string };

/** The stored columns by which lists are searched and ordered. Write them whenever one of the facts changes. */
export function listingOf(facts: ListingFacts): Listing {
  const name = facts.label ?? facts.hostname;
  const found = [
    name,
    facts.hostname,
    facts.user_name,
    facts.serial,
    facts.addresses,
    facts.customer,
    ...readTags(facts.tags),
  ];
  return {
    name_sort: naturalSortKey(name),
    customer_sort: facts.customer === null ? LAST_SORT_KEY : naturalSortKey(facts.customer),
    search_text: found
      .filter((text) => text !== null)
      .map(foldCase)
      .join("\n"),
  };
}

/** The tags of the column `tags`. */
export function readTags(tags: string): string[] {
  if (tags === "[]") return [];
  const read: string[] = JSON.parse(tags);
  return read;
}
