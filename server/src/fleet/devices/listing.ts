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

/** A search reads this much of every device at most: names, user, serial, customer, tags and 64 addresses. */
const MAX_SEARCHED_LENGTH = 8_192;

export type Listing = { name_sort: string; customer_sort: string; search_text: string };

/** The stored columns by which lists are searched and ordered. Write them whenever one of the facts changes. */
export function listingOf(facts: ListingFacts): Listing {
  const name = facts.label ?? facts.hostname;
  const found = [
    name,
    facts.hostname,
    facts.user_name,
    facts.serial,
    facts.customer,
    ...readTags(facts.tags),
    // Last, because they are cut where the text is too long.
    facts.addresses,
  ];
  return {
    name_sort: naturalSortKey(name),
    customer_sort: facts.customer === null ? LAST_SORT_KEY : naturalSortKey(facts.customer),
    search_text: found
      .filter((text) => text !== null)
      .map((text) => foldCase(text.slice(0, MAX_SEARCHED_LENGTH)))
      .join("\n")
      .slice(0, MAX_SEARCHED_LENGTH)
      .toWellFormed(),
  };
}

/** The tags of the column `tags`. */
export function readTags(tags: string): string[] {
  if (tags === "[]") return [];
  const read: string[] = JSON.parse(tags);
  return read;
}
