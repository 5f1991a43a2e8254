/** What a search looks through: the texts, one in each line, in lower case. */
export function searchTextOf(texts: readonly (string | null)[]): string {
  return texts
    .filter((text) => text !== null)
    .join("\n")
    .toLowerCase();
}

/** The same with another name of the device. */
export function renamedSearchText(searchText: string, before: string | null, name: string): string {
  const [line, renamed] = [before?.toLowerCase(), name.toLowerCase()];
  return searchText
    .split("\n")
    .map((text) => (text === line ? renamed : text))
    .join("\n");
}
