import { nameKeyOf } from "@muster/shared/name-key.ts";
import { LAST_SORT_KEY, naturalSortKey } from "@muster/shared/natural-order.ts";

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
  model: string | null;
  /** Hardware addresses, one in a line. */
  macs: string;
  os_name: string | null;
  agent_version: string | null;
  notes: string;
};

/** The columns of `ListingFacts`. */
export const LISTING_COLUMNS = [
  "label",
  "hostname",
  "user_name",
  "serial",
  "addresses",
  "customer",
  "tags",
  "model",
  "macs",
  "os_name",
  "agent_version",
  "notes",
] as const satisfies readonly (keyof ListingFacts)[];

/** A search reads this much of every device at most: what identifies it, the beginning of its notes, and 64 addresses. */
const MAX_SEARCHED_LENGTH = 8_192;
const MAX_NOTES_LENGTH = 2_000;

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
    facts.model,
    facts.os_name,
    facts.agent_version,
    ...facts.macs.split("\n"),
    facts.notes.slice(0, MAX_NOTES_LENGTH),
    // Last, because they are cut where the text is too long.
    ...facts.addresses.split("\n"),
  ];
  return {
    name_sort: naturalSortKey(name),
    customer_sort: facts.customer === null ? LAST_SORT_KEY : naturalSortKey(facts.customer),
    search_text: found
      .flatMap((text) => (text ? [nameKeyOf(text.slice(0, MAX_SEARCHED_LENGTH))] : []))
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
