import type { Client } from "openapi-fetch";
import type { paths } from "./api.generated.ts";
import { dataOf } from "./data-of.ts";

type Page<Item> = { items: Item[]; nextCursor: string | null };
type PageOf<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { "application/json": infer Answer } } } };
}
  ? Answer
  : never;

/** The paths whose answer is a page. */
export type ListPath = {
  [Path in keyof paths]: PageOf<Path> extends Page<unknown> ? Path : never;
}[keyof paths];

export type ListItem<Path extends ListPath> = PageOf<Path> extends Page<infer Item> ? Item : never;

/** The parameters of a list except the cursor. */
export type ListQuery<Path extends ListPath> = paths[Path] extends {
  get: { parameters: { query?: infer Query } };
}
  ? Omit<NonNullable<Query>, "cursor">
  : never;

/** Reads a list page by page. */
export async function* readItems<Path extends ListPath>(
  get: Client<paths, "application/json">["GET"],
  path: Path,
  query?: ListQuery<Path>,
): AsyncGenerator<ListItem<Path>, void> {
  // oxlint-disable-next-line no-unsafe-type-assertion -- every list has this form; the compiler cannot follow a path that is a parameter
  const readPage = get as unknown as (
    path: Path,
    init: { params: { query: object } },
  ) => Promise<{ data?: Page<ListItem<Path>>; error?: unknown; response: Response }>;
  let cursor: string | null | undefined;
  do {
    const page = dataOf(await readPage(path, { params: { query: { ...query, ...(cursor && { cursor }) } } }));
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor);
}
