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

/** Sorts after every other text. */
const SORTS_LAST = "\u{10ffff}";
const NUMBER_WIDTH = 10;
/** Keeps cursors short; names with the same beginning are ordered by their ids. */
const MAX_SORT_KEY_LENGTH = 100;

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
    name_sort: sortKeyOf(name),
    customer_sort: facts.customer === null ? SORTS_LAST : sortKeyOf(facts.customer),
    search_text: found
      .filter((text) => text !== null)
      .map(fold)
      .join("\n"),
  };
}

/** Normalizes text for searching and sorting: compatibility forms and letter case. */
export function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** The tags of the column `tags`. */
export function readTags(tags: string): string[] {
  if (tags === "[]") return [];
  const read: string[] = JSON.parse(tags);
  return read;
}

/** Text whose order by bytes is the natural order: "web-2" before "web-10". */
function sortKeyOf(text: string): string {
  const counted = fold(text).replaceAll(/\d+/g, (digits) => digits.padStart(NUMBER_WIDTH, "0"));
  return counted.slice(0, MAX_SORT_KEY_LENGTH).toWellFormed();
}
